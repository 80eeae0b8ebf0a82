package dev.gatun.layers.runtime;

import dev.gatun.engine.team.Team;
import dev.gatun.layers.Weight;
import dev.gatun.memory.FloatSource;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.check.Arguments;
import java.io.IOException;

/**
 * The numbers of a file on their way into a network, without a second copy of any weight. Large networks are filled by several
 * threads, which end with it. If a source fails, a part of its weight is changed: it is for a network that is closed then.
 */
public final class WeightFilling implements AutoCloseable {

    /** More of them wait for memory. */
    private static final int MOST_THREADS = 4;

    /** Below that a thread costs more than it brings. */
    private static final long BYTES_OF_A_THREAD = 16 << 20;

    private final ModelWeights weights;
    private final Team team;

    WeightFilling(ModelWeights weights) {
        this.weights = weights;
        int most = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        this.team = new Team(Math.clamp(weights.parameters().bytes() / BYTES_OF_A_THREAD, 1, most));
    }

    /**
     * Fills a weight.
     *
     * @param weight  of the network
     * @param numbers as many as its shape has, row-major
     * @throws IOException              what the source has to say
     * @throws IllegalArgumentException if the network has no weight of that name
     * @throws IllegalStateException    if another thread uses the network, or it is closed
     */
    public void fill(Weight weight, FloatSource numbers) throws IOException {
        BlockWeight own = own(weight);
        own.read(own.parameters(), numbers(numbers), team);
    }

    /**
     * Fills the place of a weight in a twin of the parameters, an optimizer's moment.
     *
     * @param weight  of the network
     * @param twin    a block of the network's layout
     * @param numbers as many as the weight's shape has, row-major
     * @throws IOException              what the source has to say
     * @throws IllegalArgumentException if the network has no weight of that name, or the block's layout is another
     * @throws IllegalStateException    if another thread uses the network, or the memory of the twin has been freed
     */
    public void fill(Weight weight, ParameterBlock twin, FloatSource numbers) throws IOException {
        own(weight).read(twin, numbers(numbers), team);
    }

    private BlockWeight own(Weight weight) {
        Arguments.required(weight, "WeightFilling.fill", "weight", "of the network");
        return weights.block(weight.name());
    }

    private static FloatSource numbers(FloatSource numbers) {
        return Arguments.required(numbers, "WeightFilling.fill", "numbers", "as many as the shape of the weight has");
    }

    /** Ends the threads. */
    @Override
    public void close() {
        team.close();
    }
}
