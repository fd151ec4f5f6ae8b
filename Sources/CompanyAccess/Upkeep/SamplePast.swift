/// A change on the record of the sample database; its number is its place in the list.
struct SampleChange {
  let at: String
  let actor: String
  let origin: Origin
  let action: ChangeAction
  var reason: String?
  var undoes: Int64?
  var ticket: String?
  var decided: String?
  /// What happened to a user or a company.
  var event: Event?
  /// Each of these users, with each of the companies; or all grants of the change to undo.
  let users: [String]
  /// The codes of the companies.
  let companies: [String]
  /// Whether the pairs end.
  let ends: Bool

  /// Something that happened to a user or a company, who is named as in the lists.
  enum Event {
    case renamedUser(String)
    case renamedCompany(String)
    case addedUser(SampleUser)
    case deletedUser(String)
  }

  private static let maria = "maria@hq"
  private static let tomek = "tomek@hq"

  private static func change(
    _ action: ChangeAction, _ at: String, _ actor: String, _ origin: Origin, _ reason: String?,
    _ users: String, _ companies: String
  ) -> SampleChange {
    SampleChange(
      at: at, actor: actor, origin: origin, action: action, reason: reason,
      users: users.split(separator: " ").map(String.init),
      companies: companies.split(separator: " ").map(String.init), ends: action == .revoke)
  }

  /// A change that another program made.
  private static func external(
    _ at: String, _ users: String = "", _ companies: String = "", ends: Bool = false,
    event: Event? = nil
  ) -> SampleChange {
    SampleChange(
      at: at, actor: "unknown", origin: .external, action: .external, event: event,
      users: users.split(separator: " ").map(String.init),
      companies: companies.split(separator: " ").map(String.init), ends: ends)
  }

  private static func edit(
    _ event: Event, _ action: ChangeAction, _ at: String, _ actor: String, because reason: String,
    ticket: String? = nil, decided: String? = nil
  ) -> SampleChange {
    var edit = change(action, at, actor, .desk, reason, "", "")
    edit.event = event
    edit.ticket = ticket
    edit.decided = decided
    return edit
  }

  private static func began(_ at: String, _ actor: String) -> SampleChange {
    change(.recordBegan, at, actor, .command, nil, "", "")
  }

  private static func grant(
    _ at: String, _ actor: String, _ origin: Origin,
    _ users: String, to companies: String, because reason: String? = nil
  ) -> SampleChange {
    change(.grant, at, actor, origin, reason, users, companies)
  }

  private static func bulk(
    _ at: String, _ actor: String, _ origin: Origin,
    _ users: String, to companies: String, because reason: String? = nil
  ) -> SampleChange {
    change(.bulkGrant, at, actor, origin, reason, users, companies)
  }

  private static func revoke(
    _ at: String, _ actor: String, _ origin: Origin,
    _ users: String, from companies: String, because reason: String? = nil
  ) -> SampleChange {
    change(.revoke, at, actor, origin, reason, users, companies)
  }

  private static func undo(
    _ number: Int64, _ at: String, _ actor: String, _ origin: Origin,
    because reason: String
  ) -> SampleChange {
    var undo = change(.undo, at, actor, origin, reason, "", "")
    undo.undoes = number
    return undo
  }

  private static let tenantAdmins = "t_okafor m_delacroix k_lindqvist r_haddad"
  private static let financeManagers = "s_obrien wang.xiaoming d_cohen j_mueller"
  private static let america = "HQ NYC LA CHI NYR EAST WEST"

  static let all = [
    began("2026-01-05 08:00:00.000", maria),
    grant("2026-01-05 08:42:10.113", maria, .desk, "admin", to: america + " MTL KRK"),
    bulk(
      "2026-01-07 09:15:31.870", maria, .desk, tenantAdmins, to: america,
      because: "opening list, HR-101"),
    grant("2026-01-12 10:03:55.402", maria, .desk, "john_smith", to: "NYC LA CHI"),
    grant("2026-01-12 10:09:18.655", maria, .desk, "sarah_admin", to: "NYR EAST"),
    grant("2026-01-19 13:27:44.091", tomek, .desk, "z_wisniewska l_zoltowski", to: "HQ KRK"),
    grant("2026-01-26 11:50:02.318", tomek, .desk, "e_papadopoulou n_papageorgiou", to: "HQ ATH"),
    grant(
      "2026-02-02 08:31:29.777", maria, .command, financeManagers, to: "HQ NYR ZRH",
      because: "quarterly close"),
    grant("2026-02-02 08:36:40.204", maria, .command, "admin", to: "ATH ZRH"),
    grant("2026-02-09 14:12:07.560", tomek, .desk, "b_grzegorz p_novak a_nowak", to: "KRK"),
    grant(
      "2026-02-16 09:58:33.149", maria, .desk, "n_huong d_park c_washington j_doe",
      to: "NYC NYR EAST"),
    grant("2026-02-23 15:40:12.925", tomek, .desk, "i_jonsdottir s_kierkegaard", to: "HQ MTL ZRH"),
    bulk(
      "2026-03-02 10:20:00.438", maria, .command, tenantAdmins, to: "MTL KRK ATH ZRH",
      because: "new offices, HR-118"),
    grant("2026-03-09 09:05:51.016", maria, .desk, "o_adeyemi g_ferrari", to: "LA CHI WEST"),
    revoke(
      "2026-03-18 16:22:39.684", tomek, .desk, "g_ferrari", from: "CHI", because: "moved to LA"),
    grant("2026-03-23 10:44:25.371", tomek, .desk, "li.na y_tanaka v_patel", to: "LA WEST"),
    revoke(
      "2026-04-07 08:17:03.842", maria, .desk, "l_zoltowski", from: "KRK",
      because: "parental leave"),
    grant("2026-04-13 12:33:58.207", tomek, .command, "f_lefevre r_levi", to: "EAST MTL ZRH"),
    grant("2026-04-20 09:01:14.590", tomek, .desk, "h_baker", to: "HQ NYC LA CHI"),
    undo(19, "2026-04-20 09:02:47.333", tomek, .desk, because: "meant another person"),
    grant("2026-05-04 11:29:36.118", maria, .desk, "m_garcia", to: "HQ NYC LA CHI WEST"),
    grant("2026-05-11 14:55:20.961", tomek, .desk, "m_czartoryska", to: "HQ KRK ATH ZRH"),
    revoke("2026-05-20 10:10:45.729", maria, .command, "y_tanaka v_patel", from: "WEST"),
    grant(
      "2026-06-01 08:30:11.054", maria, .command, financeManagers, to: "LA CHI EAST WEST",
      because: "half-year close"),
    grant(
      "2026-06-15 09:12:52.486", tomek, .desk, "l_zoltowski", to: "KRK",
      because: "back from leave"),
    grant("2026-07-06 13:48:09.675", tomek, .desk, "t_cakir a_nowak2", to: "KRK ATH ZRH"),
    revoke(
      "2026-07-14 15:03:34.290", maria, .command, "d_cohen j_mueller", from: "LA CHI",
      because: "half-year close is done"),
    grant("2026-08-03 10:37:26.843", maria, .desk, "z_wisniewska", to: "NYC LA MTL ATH ZRH"),
    grant(
      "2026-08-24 09:25:59.512", tomek, .desk, "n_huong c_washington d_park", to: "LA CHI WEST"),
    grant(
      "2026-09-07 08:05:17.038", maria, .command, "svc_import", to: america + " MTL",
      because: "nightly import, HR-160"),
    grant("2026-09-15 14:41:43.707", tomek, .desk, "t_berg p_novak", to: "HQ NYC MTL"),
  ]

  /// What came after those who were made later have begun with a change of `all`: users and companies
  /// become others, and the application writes too.
  static let later = [
    edit(
      .renamedUser("y_tanaka"), .edit, "2026-09-17 10:26:41.630", maria,
      because: "new name after the wedding"),
    external("2026-09-18 07:30:02.245", event: .renamedCompany("ZRH")),
    external("2026-09-21 08:00:00.000", event: .addedUser(.added)),
    external("2026-09-21 08:00:03.418", "n_silva", "LA"),
    external("2026-09-22 13:05:55.902", "j_doe", "KRK"),
    external("2026-09-22 13:07:20.114", "j_doe", "KRK", ends: true),
    edit(
      .deletedUser("v_patel"), .delete, "2026-09-28 09:12:08.571", tomek, because: "has left",
      ticket: "HR-175", decided: "2026-09-25"),
  ]
}
