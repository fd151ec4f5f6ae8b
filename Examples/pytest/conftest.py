pytest_plugins = ["company_access"]
