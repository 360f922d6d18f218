add_executable(scan scan.cpp)
target_link_libraries(scan PRIVATE caseaudit_extract)
add_executable(bench_load load.cpp)
target_link_libraries(bench_load PRIVATE caseaudit_casebook)
