"""What the handbook's decision tables must say, as test cases of `huiqian decide`."""
