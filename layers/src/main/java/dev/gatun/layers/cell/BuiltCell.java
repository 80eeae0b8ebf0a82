package dev.gatun.layers.cell;

import dev.gatun.layers.WeightSpec;
import dev.gatun.layers.plan.PlanContext;
import java.util.List;

/** A cell whose weights are known. */
public interface BuiltCell {

    /**
     * The weights.
     *
     * @return in the order in which files hold them; empty if there are none
     */
    List<WeightSpec> weights();

    /**
     * Room for each row of a step, in which the way forward works and leaves what the way back needs. In plans that only go
     * forward what one step left there is overwritten by the next.
     *
     * @param goesBack whether the plan has a way back
     * @return how wide each place is; empty if the cell needs none
     */
    List<Integer> keeps(boolean goesBack);

    /**
     * Plans one call at its largest sizes: asks the context for memory beside the rows of steps, if the cell needs any.
     *
     * @param context of the Rnn's call: the places of the cell's weights, the threads, what the plan is for
     * @return what runs
     */
    CellOperation operation(PlanContext context);
}
