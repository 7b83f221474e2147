"""What tests share: sites written as one string, and builds of them."""
