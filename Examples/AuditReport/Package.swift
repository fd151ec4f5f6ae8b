// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "AuditReport",
  dependencies: [.package(name: "company-access", path: "../..")],
  targets: [
    .executableTarget(
      name: "AuditReport",
      dependencies: [.product(name: "CompanyAccess", package: "company-access")])
  ])
