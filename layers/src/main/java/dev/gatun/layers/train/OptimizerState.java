package dev.gatun.layers.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.cpu.KernelChoice;
import dev.gatun.engine.kernel.Reductions;
import dev.gatun.engine.kernel.scalar.ScalarReductions;
import dev.gatun.engine.team.Team;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.TensorArena;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * What an optimizer remembers between steps: its slots, twins of the parameter block, and how many steps were made. Slots
 * and count restored, training goes on with the same bits. A step allocates nothing.
 */
public final class OptimizerState {

    /** Floats per call of a kernel, so that an int counts them. */
    private static final int CHUNK = 1 << 24;
    private static final long CHUNK_BYTES = (long) CHUNK * Float.BYTES;

    /** 16 floats: every weight's place begins and ends at a multiple. */
    private static final long GROUP_BYTES = 64;

    private final ParameterBlock[] slots;
    private final MemorySegment lanes;
    private final Update update = new Update();
    private Optimizer optimizer;
    private long steps;

    private OptimizerState(Optimizer optimizer, ParameterBlock[] slots, TensorArena scratch) {
        this.optimizer = optimizer;
        this.slots = slots;
        this.lanes = optimizer.clipping().kind() == Clipping.Kind.NONE
                ? null
                : scratch.allocate(Reductions.LANES_BYTES, "optimizer sums");
    }

    /**
     * The state before the first step.
     *
     * @param optimizer what steps
     * @param weights   whose twins the slots are
     * @param arena     owns the memory
     * @return the state
     * @throws NullPointerException naming what is missing
     */
    public static OptimizerState start(Optimizer optimizer, ParameterBlock weights, TensorArena arena) {
        Arguments.required(optimizer, "OptimizerState.start", "optimizer", "for example Adam.rate(0.001)");
        Arguments.required(weights, "OptimizerState.start", "weights",
                "what is trained, for example model.parameters()");
        Arguments.required(arena, "OptimizerState.start", "arena", "an open arena");
        OptimizerState started = new OptimizerState(optimizer, twins(optimizer.slots(), weights, arena), arena);
        for (ParameterBlock slot : started.slots) {
            fill(slot, optimizer.slotStart());
        }
        return started;
    }

    /**
     * The state of a training that goes on, in the very slots that were kept.
     *
     * @param state   what the training left
     * @param scratch owns what lives no longer than this object; the slots stay where they are
     * @return the state
     * @throws NullPointerException     naming what is missing
     * @throws IllegalArgumentException if the state's slots are not those of its optimizer
     */
    public static OptimizerState resume(TrainingState state, TensorArena scratch) {
        Arguments.required(state, "OptimizerState.resume", "state", "what a training left, see Model.trainingState");
        Arguments.required(scratch, "OptimizerState.resume", "scratch", "an open arena");
        return resume(state, state.slots().toArray(ParameterBlock[]::new), scratch);
    }

    /** As {@link #resume(TrainingState, TensorArena)}, in slots of the arena; those that were kept stay as they are. */
    static OptimizerState copy(TrainingState state, ParameterBlock weights, TensorArena arena) {
        OptimizerState copy = resume(state, twins(state.slots().size(), weights, arena), arena);
        for (int i = 0; i < copy.slots.length; i++) {
            state.slots().get(i).copyTo(copy.slots[i]);
        }
        return copy;
    }

    private static OptimizerState resume(TrainingState state, ParameterBlock[] slots, TensorArena scratch) {
        Optimizer optimizer = Optimizer.fromConfig(state.optimizer());
        if (slots.length != optimizer.slots()) {
            throw new IllegalArgumentException("The training state holds " + slots.length + " moments, but "
                    + optimizer.className() + " needs " + optimizer.slotNames() + "; train anew without resume()");
        }
        OptimizerState resumed = new OptimizerState(optimizer, slots, scratch);
        resumed.steps = state.steps();
        return resumed;
    }

    private static ParameterBlock[] twins(int count, ParameterBlock weights, TensorArena arena) {
        ParameterBlock[] twins = new ParameterBlock[count];
        for (int i = 0; i < count; i++) {
            twins[i] = weights.twin(arena, "optimizer moments");
        }
        return twins;
    }

    private static void fill(ParameterBlock slot, float value) {
        for (long i = 0; value != 0 && i < slot.elements(); i++) {
            slot.segment().setAtIndex(JAVA_FLOAT, i, value);
        }
    }

    /** {@return what makes the steps, with its present learning rate} */
    public Optimizer optimizer() {
        return optimizer;
    }

    /**
     * Sets the learning rate from the next step on.
     *
     * @param rate positive and finite
     * @throws IllegalArgumentException if the rate is not
     */
    public void learningRate(double rate) {
        optimizer = optimizer.learningRate(rate);
    }

    /** {@return one twin of the parameter block for each of {@link Optimizer#slotNames}; steps change them} */
    public List<ParameterBlock> slots() {
        return List.of(slots);
    }

    /** {@return steps made so far, those before a resumption included} */
    public long steps() {
        return steps;
    }

    /**
     * Clips the gradients in place, then changes the weights.
     *
     * @param weights   changed; paddings stay zero
     * @param gradients of the same layout, paddings zero
     * @param team      the threads that share the weights
     * @throws NullPointerException naming what is missing; then nothing is changed
     */
    public void step(ParameterBlock weights, ParameterBlock gradients, Team team) {
        Arguments.required(weights, "OptimizerState.step", "weights",
                "what is trained, for example model.parameters()");
        Arguments.required(gradients, "OptimizerState.step", "gradients", "a twin of the weights");
        Arguments.required(team, "OptimizerState.step", "team", "the threads that run it, for example model.team()");
        clip(gradients);
        steps++;
        update.weights = weights;
        update.gradients = gradients;
        team.run(update);
    }

    /** Every weight depends on its own gradient and moments only, so threads may share the block in any way. */
    private final class Update implements Team.Job {

        private ParameterBlock weights;
        private ParameterBlock gradients;

        @Override
        public void run(int member, int size) {
            long groups = weights.bytes() / GROUP_BYTES;
            long end = groups * (member + 1) / size * GROUP_BYTES;
            for (long at = groups * member / size * GROUP_BYTES; at < end; at += CHUNK_BYTES) {
                optimizer.update(weights.segment(), gradients.segment(), slots, at, chunk(end - at), steps);
            }
        }
    }

    private void clip(ParameterBlock gradients) {
        Clipping clipping = optimizer.clipping();
        switch (clipping.kind()) {
            case NONE -> {
            }
            case VALUE -> clipValues(gradients, (float) clipping.limit());
            case NORM -> {
                for (int i = 0; i < gradients.entries().size(); i++) {
                    ParameterBlock.Entry entry = gradients.entries().get(i);
                    shorten(gradients.segment(), entry.baseBytes(), entry.bytes(), clipping.limit());
                }
            }
            case GLOBAL_NORM -> shorten(gradients.segment(), 0, gradients.bytes(), clipping.limit());
        }
    }

    private static void clipValues(ParameterBlock gradients, float limit) {
        for (long at = 0; at < gradients.bytes(); at += CHUNK_BYTES) {
            int count = chunk(gradients.bytes() - at);
            if (KernelChoice.SCALAR) {
                ScalarReductions.clip(gradients.segment(), at, count, limit);
            } else {
                Reductions.clip(gradients.segment(), at, count, limit);
            }
        }
    }

    /** Scales a range by limit / norm if its L2 norm is above the limit; numbers within it keep their bits. */
    private void shorten(MemorySegment x, long fromBytes, long bytes, double limit) {
        double norm = norm(x, fromBytes, bytes);
        if (!(norm > limit)) {
            return;
        }
        float factor = (float) (limit / norm);
        for (long at = 0; at < bytes; at += CHUNK_BYTES) {
            int count = chunk(bytes - at);
            if (KernelChoice.SCALAR) {
                ScalarReductions.scale(x, fromBytes + at, count, factor);
            } else {
                Reductions.scale(x, fromBytes + at, count, factor);
            }
        }
    }

    private double norm(MemorySegment x, long fromBytes, long bytes) {
        lanes.fill((byte) 0);
        for (long at = 0; at < bytes; at += CHUNK_BYTES) {
            int count = chunk(bytes - at);
            if (KernelChoice.SCALAR) {
                ScalarReductions.addSquares(x, fromBytes + at, count, lanes, 0);
            } else {
                Reductions.addSquares(x, fromBytes + at, count, lanes, 0);
            }
        }
        return Math.sqrt(ScalarReductions.total(lanes, 0));
    }

    private static int chunk(long bytesLeft) {
        return (int) (Math.min(bytesLeft, CHUNK_BYTES) / Float.BYTES);
    }
}
