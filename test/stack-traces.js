// The test runner keeps a hundred frames of each stack trace and maps every one back to the sources; Pulumi takes a trace at every step.
Error.stackTraceLimit = 10;
