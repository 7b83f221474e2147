"""What is written for programs. Tests are named by the ids of the requirements that they hold."""
