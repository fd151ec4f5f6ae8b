/// Letters, digits and signs that are another form of ASCII ones: full-width, mathematical,
/// circled, raised and lowered ones, ligatures, squared units.
///
/// Made from the compatibility decompositions of the Unicode Character Database, version 14.0, as
/// far as they consist of ASCII, in lower case; fractions are left out. Newer characters of these
/// kinds keep their form.
enum CompatibilityLetters {
  /// The ASCII characters, in lower case, of which a scalar is another form; nil for any other.
  static func plain(_ scalar: Unicode.Scalar) -> String.UTF8View? {
    let value = scalar.value
    switch value {
    case 0xFF01...0xFF5E: return letter(value - 0xFF01 + 0x21)
    // Alphabet after alphabet of capital and small letters, each of 26.
    case 0x1D400...0x1D6A3: return letter((value - 0x1D400) % 26 + 0x61)
    case 0x1D7CE...0x1D7FF: return letter((value - 0x1D7CE) % 10 + 0x30)
    case 0x24B6...0x24E9: return letter((value - 0x24B6) % 26 + 0x61)
    case 0x1F130...0x1F149: return letter(value - 0x1F130 + 0x61)
    case 0x1F150...0x1F169: return letter(value - 0x1F150 + 0x61)
    case 0x1F170...0x1F189: return letter(value - 0x1F170 + 0x61)
    default: return others[value]?.utf8
    }
  }

  private static func letter(_ value: UInt32) -> String.UTF8View {
    let byte = UInt8(truncatingIfNeeded: value)
    let lower = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    return String(Unicode.Scalar(lower)).utf8
  }

  private static let others: [UInt32: String] = {
    var table: [UInt32: String] = [:]
    for run in runs.split(separator: " ") {
      let digits = run.prefix { $0.isHexDigit }
      guard let first = UInt32(digits, radix: 16) else { continue }
      let isOfSeveral = run.dropFirst(digits.count).first == "="
      let rest = run.dropFirst(digits.count + 1)
      let forms = isOfSeveral ? rest.split(separator: ",").map(String.init) : rest.map { "\($0)" }
      for (index, form) in forms.enumerated() { table[first + UInt32(index)] = form }
    }
    return table
  }()

  /// The first scalar of a run in hexadecimal digits; behind a colon the character that stands for
  /// each, behind an equals sign the characters, with commas between them.
  private static let runs = """
    AA:a B2:23 B9:1o 132=ij,ij 13F:ll 149:n 17F:s 1C4=dz,dz,dz,lj,lj,lj,nj,nj,nj \
    1F1=dz,dz,dz 2B0:h 2B2:jr 2B7:wy 2E1:lsx 1D2C:a 1D2E:b 1D30:de 1D33:ghijklmn 1D3C:o \
    1D3E:prtuwa 1D47:bde 1D4D:g 1D4F:km 1D52:o 1D56:ptu 1D5B:v 1D62:iruv 1D9C:c 1DA0:f \
    1DBB:z 2024:. 2025=..,... 203C=!! 2047=??,?!,!? 2070:0i 2074:456789+ \
    207C:=()n0123456789+ 208C:=() 2090:aeox 2095:hklmnpst 20A8=rs 2100=a/c,a/s 2102:c \
    2105=c/o,c/u 210A:ghhhh 2110:iill 2115:n 2116=no 2119:pqrrr 2120=sm,tel,tm 2124:z 2128:z \
    212C:bc 212F:eef 2133:mo 2139:i 213B=fax 2145:ddeij 2160:i 2161=ii,iii,iv 2164:v \
    2165=vi,vii,viii,ix 2169:x 216A=xi,xii 216C:lcdmi 2171=ii,iii,iv 2174:v \
    2175=vi,vii,viii,ix 2179:x 217A=xi,xii 217C:lcdm 2460:123456789 \
    2469=10,11,12,13,14,15,16,17,18,19,20,(1),(2),(3) \
    2477=(4),(5),(6),(7),(8),(9),(10),(11),(12),(13),(14),(15),(16),(17) \
    2485=(18),(19),(20),1.,2.,3.,4.,5.,6.,7.,8.,9.,10.,11. \
    2493=12.,13.,14.,15.,16.,17.,18.,19.,20.,(a),(b),(c),(d),(e) \
    24A1=(f),(g),(h),(i),(j),(k),(l),(m),(n),(o),(p),(q),(r),(s) \
    24AF=(t),(u),(v),(w),(x),(y),(z) 24EA:0 2A74=::=,==,=== 2C7C:jv \
    3250=pte,21,22,23,24,25,26,27,28,29,30,31,32,33 325E=34,35 \
    32B1=36,37,38,39,40,41,42,43,44,45,46,47,48,49 32BF=50 32CC=hg,erg,ev,ltd \
    3371=hpa,da,au,bar,ov,pc,dm,dm2,dm3,iu 3380=pa,na 3383=ma,ka,kb,mb,gb,cal,kcal,pf,nf \
    338E=mg,kg,hz,khz,mhz,ghz,thz 3396=ml,dl,kl,fm,nm \
    339C=mm,cm,km,mm2,cm2,m2,km2,mm3,cm3,m3,km3 33A9=pa,kpa,mpa,gpa,rad 33B0=ps,ns \
    33B3=ms,pv,nv 33B7=mv,kv,mv,pw,nw 33BD=mw,kw,mw 33C2=a.m.,bq,cc,cd \
    33C7=co.,db,gy,ha,hp,in,kk,km,kt,lm,ln,log,lx,mb 33D5=mil,mol,ph,p.m.,ppm,pr,sr,sv,wb \
    33FF=gal A7F2:cfq FB00=ff,fi,fl,ffi,ffl,st,st FB29:+ FE10:, FE13::;!? FE19=... FE30=.. \
    FE33:__(){} FE47:[] FE4D:___, FE52:. FE54:;:?! FE59:(){} FE5F:#&*+-<>= FE68:\\$%@ \
    107A5:q 1F110=(a),(b),(c),(d),(e),(f),(g),(h),(i),(j),(k),(l),(m),(n) \
    1F11E=(o),(p),(q),(r),(s),(t),(u),(v),(w),(x),(y),(z) 1F12B:cr 1F12D=cd,wz \
    1F14A=hv,mv,sd,ss,ppv,wc 1F16A=mc,md,mr 1F190=dj 1FBF0:0123456789
    """
}
