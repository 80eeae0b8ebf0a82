package dev.gatun.layers.plan;

import dev.gatun.memory.check.Arguments;
import java.util.List;

/**
 * What is one call's own in a graph.
 *
 * @param stream       number of its stream of random numbers
 * @param carriedBytes where each of its states lies in the row of a stream, in the order of the layer's states; none for a
 *                     layer that carries nothing
 * @param keptBytes    where each of its states lies in the row that a model keeps for a sample; none for a layer that begins
 *                     anew in each run
 */
public record CallPlace(int stream, List<Long> carriedBytes, List<Long> keptBytes) {

    /** What stands behind the states of a layer that learns where it begins, in the row of a sequence that has begun. */
    public static final float BEGUN = 1;

    /**
     * Keeps copies of the lists.
     *
     * @throws NullPointerException if one is missing
     */
    public CallPlace {
        carriedBytes = List.copyOf(Arguments.all(carriedBytes, "CallPlace", "carriedBytes", "offsets, none is fine"));
        keptBytes = List.copyOf(Arguments.all(keptBytes, "CallPlace", "keptBytes", "offsets, none is fine"));
    }
}
