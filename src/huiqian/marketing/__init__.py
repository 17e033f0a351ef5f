"""The department's registers: customers, products, price lists, sales plans with actuals, production plans."""
