/// The scripts that make a shell ask this program what may follow.
enum CompletionScript: String, CaseIterable {
  case bash, zsh, fish

  static let names = allCases.map(\.rawValue)
  /// The hidden word with which the scripts call the program.
  static let hook = "__complete"
  /// The line by which the program leaves it to the shell to offer files.
  static let files = "\tfiles"

  func text(for program: String) -> String {
    let function = "_" + program.replacing("-", with: "_")
    return switch self {
    case .bash: CompletionScript.bash(program, function)
    case .zsh: CompletionScript.zsh(program, function)
    case .fish: CompletionScript.fish(program, function)
    }
  }

  private static func bash(_ program: String, _ function: String) -> String {
    """
    # bash completion for \(program); in ~/.bashrc: source <(\(program) completions bash)
    \(function)() {
      local line
      COMPREPLY=()
      while IFS= read -r line; do
        if [[ $line == $'\\tfiles' ]]; then
          compopt -o filenames -o default 2>/dev/null
          return
        fi
        COMPREPLY+=("${line%%$'\\t'*}")
      done < <(command \(program) \(hook) bash \\
        "${COMP_LINE:0:COMP_POINT}" "${COMP_WORDS[COMP_CWORD]}" 2>/dev/null)
      if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]]; then
        compopt -o nospace 2>/dev/null
      fi
    }
    complete -o nosort -F \(function) \(program)

    """
  }

  private static func zsh(_ program: String, _ function: String) -> String {
    """
    #compdef \(program)
    # zsh completion for \(program); as a file named \(function) in a folder of fpath, or in
    # ~/.zshrc behind compinit: source <(\(program) completions zsh)
    \(function)() {
      local line
      local -a values notes
      while IFS= read -r line; do
        if [[ $line == $'\\tfiles' ]]; then
          _files
          return
        fi
        values+=("${line%%$'\\t'*}")
        notes+=("${line/$'\\t'/  -- }")
      done < <(command \(program) \(hook) zsh "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)
      (( ${#values} )) && compadd -l -d notes -a values
    }
    if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
      \(function) "$@"
    else
      compdef \(function) \(program)
    fi

    """
  }

  private static func fish(_ program: String, _ function: String) -> String {
    """
    # fish completion for \(program); \(program) completions fish | source
    function \(function)
      set -l words (commandline -opc)
      set -l current (commandline -ct)
      set -l plain (string unescape -- "$current" 2>/dev/null)
      or set plain (string trim --left --chars '"\\'' -- "$current")
      set -l lines (command \(program) \(hook) fish $words[2..-1] "$plain" 2>/dev/null)
      if test "$lines[1]" = \\tfiles
        __fish_complete_path "$plain"
      else
        printf '%s\\n' $lines
      end
    end
    complete -c \(program) -f -a '(\(function))'

    """
  }
}
