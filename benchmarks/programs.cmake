add_executable(scan scan.cpp)
target_link_libraries(scan PRIVATE caseaudit_extract)
