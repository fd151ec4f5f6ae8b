// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// A Swift target with the settings that all of them share.
func libraryTarget(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A test target; every one may use the shared test support.
func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies + ["TestSupport"], exclude: exclude,
    swiftSettings: strict)
}

let package = Package(
  name: "company-access",
  products: [
    .executable(name: "company-access", targets: ["company-access"]),
    .library(name: "CompanyAccess", targets: ["CompanyAccess"]),
  ],
  targets: [
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .target(name: "CSystem"),
    .target(name: "CProcess"),
    .target(
      name: "CCurses",
      linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),

    .target(name: "CPostgres"),
    libraryTarget("Database", ["CSQLite"]),
    libraryTarget("DatabasePostgres", ["Database", "CPostgres"]),
    libraryTarget("Formats", []),
    libraryTarget("CompanyAccess", ["Database", "DatabasePostgres", "Formats", "CSystem"]),
    libraryTarget("TerminalUI", ["CSystem"]),
    libraryTarget("CursesTerminal", ["TerminalUI", "CCurses", "CSystem"]),
    libraryTarget(
      "AccessDesk", ["CompanyAccess", "Formats", "TerminalUI", "CursesTerminal", "CSystem"]),
    .executableTarget(
      name: "company-access", dependencies: ["AccessDesk", "CProcess"], swiftSettings: strict),

    .systemLibrary(
      name: "CVTerm", path: "Tests/CVTerm", providers: [.apt(["libvterm-dev"])]),
    .target(
      name: "TestSupport", dependencies: ["CSystem", "Database", "DatabasePostgres"],
      path: "Tests/TestSupport",
      swiftSettings: strict),
    .executableTarget(
      name: "terminal-probe", dependencies: ["CursesTerminal", "TerminalUI", "CProcess"],
      path: "Tests/TerminalProbe", swiftSettings: strict),
    .executableTarget(
      name: "library-probe", dependencies: ["CompanyAccess"], path: "Tests/LibraryProbe",
      swiftSettings: strict),
    // Not hardened, to show that a connection is not steered by the environment all the same.
    .executableTarget(
      name: "postgres-probe", dependencies: ["Database", "DatabasePostgres"],
      path: "Tests/PostgresProbe", swiftSettings: strict),
    // Only scripts/fuzz builds more of it than an empty program.
    .executableTarget(
      name: "fuzz-readers", dependencies: ["AccessDesk", "CompanyAccess", "Formats", "TerminalUI"],
      path: "Tests/Fuzz", exclude: ["Corpus"], swiftSettings: strict),
    tests("Database", ["Database"]),
    tests(
      "DatabasePostgres", ["Database", "DatabasePostgres", "postgres-probe", "terminal-probe"]),
    tests("Formats", ["Formats"]),
    tests(
      "CompanyAccess", ["CompanyAccess", "Database", "Formats"], exclude: ["Upkeep/VersionOne"]),
    tests("CompanyAccessPostgres", ["CompanyAccess", "Database", "DatabasePostgres"]),
    tests("TerminalUI", ["TerminalUI"]),
    tests("CursesTerminal", ["CursesTerminal", "TerminalUI"]),
    tests(
      "AccessDesk", ["AccessDesk", "CompanyAccess", "Formats", "TerminalUI"], exclude: ["Golden"]),
    tests(
      "EndToEnd",
      ["CVTerm", "CSystem", "Database", "DatabasePostgres", "company-access", "terminal-probe"]),
  ],
  swiftLanguageModes: [.v6])
