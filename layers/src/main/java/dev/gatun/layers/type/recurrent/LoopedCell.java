package dev.gatun.layers.type.recurrent;

import dev.gatun.layers.cell.BuiltCell;
import java.util.List;

/**
 * A cell as a loop over a sequence has it.
 *
 * @param cell      what makes the steps
 * @param states    how wide each state is
 * @param names     of the states
 * @param output    how wide what a step returns is
 * @param sequences whether what every step returns is wanted, or that of the last one
 * @param gives     whether the states after the last step are returned
 * @param backwards whether the last step is processed first
 * @param zeroes    whether a step that does not count gives zeros instead of the last output
 */
public record LoopedCell(
        BuiltCell cell, List<Integer> states, List<String> names, int output, boolean sequences, boolean gives,
        boolean backwards, boolean zeroes) {}
