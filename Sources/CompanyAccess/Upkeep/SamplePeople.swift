/// A user of the sample database; its id is its place in the list.
struct SampleUser {
  enum Role: String, CaseIterable {
    case superAdmin = "Super Admin"
    case tenantAdmin = "Tenant Admin"
    case hr = "HR Manager"
    case finance = "Finance Manager"
    case employee = "Employee"
  }

  let username: String
  let fullName: String?
  let role: Role?
  /// The code of the company that employs the user.
  let home: String?
  let created: String
  /// When the user was deactivated.
  let left: String?
  /// The username and the full name until a change.
  let earlier: (username: String, fullName: String)?

  init(
    _ username: String, _ fullName: String?, _ role: Role?, _ home: String?,
    created: String = "2025-12-01", left: String? = nil,
    earlier: (username: String, fullName: String)? = nil
  ) {
    self.earlier = earlier
    self.username = username
    self.fullName = fullName
    self.role = role
    self.home = home
    self.created = created
    self.left = left
  }

  static let all = [
    SampleUser("admin", "Ada Marchetti", .superAdmin, "HQ"),
    SampleUser("john_smith", "John Smith", .hr, "NYC"),
    SampleUser("sarah_admin", "Sarah Whitfield", .finance, "NYR"),
    SampleUser("t_okafor", "Tobenna Okafor", .tenantAdmin, "HQ"),
    SampleUser("m_delacroix", "Mélanie Delacroix", .tenantAdmin, "MTL"),
    SampleUser("k_lindqvist", "Kåre Lindqvist", .tenantAdmin, "HQ"),
    SampleUser("r_haddad", "Rania Haddad", .tenantAdmin, "WEST"),
    SampleUser("z_wisniewska", "Zofia Wiśniewska", .hr, "KRK"),
    SampleUser("l_zoltowski", "Łukasz Żółtowski", .hr, "KRK"),
    SampleUser("e_papadopoulou", "Ελένη Παπαδοπούλου", .hr, "ATH"),
    SampleUser("m_garcia", "María José García Núñez", .hr, "LA"),
    SampleUser("s_obrien", "Siobhán O'Brien", .finance, "HQ"),
    SampleUser("wang.xiaoming", "王小明", .finance, "HQ"),
    SampleUser("d_cohen", "דוד כהן", .finance, "NYR"),
    SampleUser("j_mueller", "Jürgen Müller", .finance, "ZRH"),
    SampleUser("n_huong", "Nguyễn Thị Hương", .employee, "NYC"),
    SampleUser("b_grzegorz", "Grzegorz Brzęczyszczykiewicz", .employee, "KRK"),
    SampleUser("a_oconnor", "Aoife O'Connor", .employee, "EAST"),
    SampleUser("f_lefevre", "François Lefèvre", .employee, "MTL"),
    SampleUser("n_papageorgiou", "Νίκος Παπαγεωργίου", .employee, "ATH"),
    SampleUser("li.na", "李娜", .employee, "LA"),
    SampleUser("r_levi", "רות לוי", .employee, "EAST"),
    SampleUser("s_kierkegaard", "Søren Kierkegaard", .employee, "ZRH"),
    SampleUser("i_jonsdottir", "Ísold Jónsdóttir", .employee, "ZRH"),
    SampleUser("t_cakir", "Tuğçe Çakır", .employee, "ATH", created: "2026-06-22"),
    SampleUser("p_novak", "Přemysl Novák", .employee, "KRK"),
    SampleUser("m_szabo", "Márta Szabó", .employee, "KRK"),
    SampleUser("j_doe", "Jane Doe", .employee, "NYC"),
    SampleUser("c_washington", "Carl Washington", .employee, "NYC"),
    SampleUser("d_park", "Dana Park", .employee, "EAST"),
    // 60 characters, longer than any column.
    SampleUser("m_czartoryska", SampleUser.longName, .employee, "KRK"),
    SampleUser("h_baker", "Harriet Baker", .employee, "CHI", created: "2026-04-17"),
    SampleUser("o_adeyemi", "Olu Adeyemi", .employee, "WEST", left: "2026-08-31"),
    SampleUser("g_ferrari", "Giulia Ferrari", .employee, "LA", left: "2026-07-31"),
    SampleUser("k_ivanova", "Ксения Иванова", .employee, "HQ", created: "2026-06-22"),
    SampleUser("v_patel", "Vikram Patel", .employee, "LA"),
    SampleUser("y_tanaka", "田中陽子", .employee, "LA", earlier: ("y_sato", "佐藤陽子")),
    // A program, with neither name nor e-mail nor role.
    SampleUser("svc_import", nil, nil, nil, created: "2026-09-01"),
    // Two people of the same name.
    SampleUser("a_nowak", "Anna Nowak", .employee, "KRK"),
    SampleUser("a_nowak2", "Anna Nowak", .employee, "ATH", created: "2026-06-22"),
    SampleUser("e_rossi", "Elena Rossi", .employee, "NYC", left: "2026-03-31"),
    SampleUser("t_berg", "Tove Berg", .employee, "HQ", created: "2026-09-09"),
  ]

  /// One whom the application adds.
  static let added = SampleUser("n_silva", "Nuno Silva", .employee, "LA", created: "2026-09-21")

  static let longName = "Maximiliana Wilhelmina Konstancja Czartoryska-Brzeska-Wolska"
}

/// A company of the sample database.
struct SampleCompany {
  let code: String
  let name: String
  let created: String
  /// When the company was deactivated.
  let closed: String?
  /// The name until a change.
  let earlier: String?

  init(
    _ code: String, _ name: String, created: String = "2025-11-03", closed: String? = nil,
    earlier: String? = nil
  ) {
    self.earlier = earlier
    self.code = code
    self.name = name
    self.created = created
    self.closed = closed
  }

  static let all = [
    SampleCompany("HQ", "Head Office"),
    SampleCompany("NYC", "NYC Office"),
    SampleCompany("LA", "LA Office"),
    SampleCompany("CHI", "Chicago Office"),
    SampleCompany("NYR", "NY Region"),
    SampleCompany("EAST", "East Region"),
    SampleCompany("WEST", "West Region"),
    SampleCompany("MTL", "Bureau de Montréal"),
    SampleCompany("KRK", "Oddział Kraków"),
    SampleCompany("ATH", "Γραφείο Αθηνών", created: "2026-01-22"),
    SampleCompany(
      "ZRH", "Zürich Treuhand AG", created: "2026-01-29", earlier: "Zürich Treuhand GmbH"),
    // Closed before anybody was given access to it.
    SampleCompany("DET", "Detroit Office", closed: "2025-12-31"),
  ]
}

/// An employee of a company who is no user.
struct SampleEmployee {
  let fullName: String
  let company: String

  static let withoutUser = [
    SampleEmployee(fullName: "Nils Åkesson", company: "ZRH"),
    SampleEmployee(fullName: "Beatriz Conceição", company: "NYC"),
  ]
}
