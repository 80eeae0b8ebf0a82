/// Gatun's tests: all of them are in `src/test/java`. This file is here so that Maven finds a class folder, without
/// which it would compile every test anew each time.
package dev.gatun.tests;
