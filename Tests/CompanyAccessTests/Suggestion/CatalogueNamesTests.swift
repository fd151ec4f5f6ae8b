import Testing

@testable import CompanyAccess

/// Names of tables and columns as words.
@Suite struct CatalogueNamesTests {
  @Test(
    "are the same words however they are written",
    arguments: [
      ("organization_users", "organization user"), ("OrganizationUser", "organization user"),
      ("organizationuser", "organization user"), ("teammembers", "team member"),
      ("companies_users", "company user"), ("userId", "user id"), ("userid", "user id"),
      ("user_uuid", "user uuid"), ("HTTPServerID", "http server id"), ("deleteat", "delete at"),
      ("is_active", "is active"), ("username", "username"), ("addresses", "address"),
      ("statuses", "status"), ("organisation", "organization"), ("org_id", "organization id"),
      ("tab User", "tab user"),
    ])
  func ofColumns(_ name: String, _ words: String) {
    #expect(CatalogueNames([]).words(name).joined(separator: " ") == words)
  }

  @Test(
    "of tables are without what an application calls all of its tables",
    arguments: [
      (["crm_company", "crm_company_users"], "crm_company_users", "company user"),
      (["partner_partner", "partner_partner_users"], "partner_partner", "partner"),
      (["res_user", "res_user-company_company"], "res_user-company_company", "user company"),
      (["company_user", "company_token", "companies"], "company_user", "company user"),
      (["user_company", "user_role", "app_users"], "user_company", "user company"),
      (["tabUser", "tabCompany", "tabUser Permission"], "tabUser Permission", "user permission"),
      (
        ["own_users_user", "own_users_company", "own_users_companyuser", "own_users_user_groups"],
        "own_users_company", "company"
      ),
    ])
  func ofTables(_ names: [String], _ table: String, _ words: String) {
    #expect(CatalogueNames(names).tableWords(table).joined(separator: " ") == words)
  }
}
