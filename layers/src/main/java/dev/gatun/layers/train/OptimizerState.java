package dev.gatun.layers.train;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.block.BlockReductions;
import dev.gatun.engine.block.Chunk;
import dev.gatun.engine.team.Team;
import dev.gatun.layers.runtime.BlockRanges;
import dev.gatun.layers.runtime.RowChanges;
import dev.gatun.layers.runtime.StepRanges;
import dev.gatun.memory.ParameterBlock;
import dev.gatun.memory.TensorArena;
import dev.gatun.memory.check.Arguments;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Predicate;

/**
 * What an optimizer remembers between steps: its slots, twins of the parameter block, and how many steps were made. Slots
 * and count restored, training goes on with the same bits. A step allocates nothing.
 */
public final class OptimizerState {

    /** 16 floats: every weight's place begins and ends at a multiple. */
    private static final long GROUP_BYTES = 64;

    private final ParameterBlock[] slots;
    private final StepRanges ranges;
    private final MemorySegment squares;
    private final Update update = new Update();
    private Optimizer optimizer;
    private long steps;

    private OptimizerState(Optimizer optimizer, ParameterBlock[] slots, StepRanges ranges, TensorArena scratch) {
        this.optimizer = optimizer;
        this.slots = slots;
        this.ranges = ranges;
        this.squares = optimizer.clipping().kind() == Clipping.Kind.NONE
                ? null
                : scratch.allocate(BlockReductions.SUM_BYTES, "optimizer sums");
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
        return start(optimizer, weights, entry -> true, arena);
    }

    /**
     * As {@link #start(Optimizer, ParameterBlock, TensorArena)}, for steps that leave some weights alone: those neither change
     * nor count in a clipping.
     *
     * @param optimizer what steps
     * @param weights   whose twins the slots are
     * @param trained   which of the weights steps change; asked once for each
     * @param arena     owns the memory
     * @return the state
     * @throws NullPointerException naming what is missing
     */
    public static OptimizerState start(
            Optimizer optimizer, ParameterBlock weights, Predicate<ParameterBlock.Entry> trained, TensorArena arena) {
        Arguments.required(optimizer, "OptimizerState.start", "optimizer", "for example Adam.rate(0.001)");
        Arguments.required(weights, "OptimizerState.start", "weights",
                "what is trained, for example model.parameters()");
        Arguments.required(trained, "OptimizerState.start", "trained", "entry -> true for all weights");
        Arguments.required(arena, "OptimizerState.start", "arena", "an open arena");
        return start(optimizer, weights, StepRanges.of(weights, trained, RowChanges.NONE), arena);
    }

    /** As {@link #start(Optimizer, ParameterBlock, Predicate, TensorArena)}, where gradients reach some weights by rows. */
    static OptimizerState start(Optimizer optimizer, ParameterBlock weights, StepRanges ranges, TensorArena arena) {
        OptimizerState started = new OptimizerState(
                optimizer, twins(optimizer.slots(), weights, arena), ranges, arena);
        for (ParameterBlock slot : started.slots) {
            fillFresh(slot, optimizer.slotStart());
        }
        return started;
    }

    /**
     * The state of a training that goes on, in the very slots that were kept.
     *
     * @param state   what the training left
     * @param weights whose twins the slots are
     * @param trained which of the weights steps change; asked once for each
     * @param scratch owns what lives no longer than this object; the slots stay where they are
     * @return the state
     * @throws NullPointerException     naming what is missing
     * @throws IllegalArgumentException if the state's slots are not those of its optimizer
     */
    public static OptimizerState resume(
            TrainingState state, ParameterBlock weights, Predicate<ParameterBlock.Entry> trained,
            TensorArena scratch) {
        Arguments.required(state, "OptimizerState.resume", "state", "what a training left, see Model.trainingState");
        Arguments.required(weights, "OptimizerState.resume", "weights", "what is trained");
        Arguments.required(trained, "OptimizerState.resume", "trained", "entry -> true for all weights");
        Arguments.required(scratch, "OptimizerState.resume", "scratch", "an open arena");
        return resume(state, StepRanges.of(weights, trained, RowChanges.NONE), scratch);
    }

    /** As {@link #resume(TrainingState, ParameterBlock, Predicate, TensorArena)}, where gradients reach some weights by rows. */
    static OptimizerState resume(TrainingState state, StepRanges ranges, TensorArena scratch) {
        return resume(state, state.slots().toArray(ParameterBlock[]::new), ranges, scratch);
    }

    /** As {@link #resume}, in slots of the arena; those that were kept stay as they are. */
    static OptimizerState copy(
            TrainingState state, ParameterBlock weights, StepRanges ranges, TensorArena arena) {
        ParameterBlock[] slots = twins(state.slots().size(), weights, arena);
        OptimizerState copy = resume(state, slots, ranges, arena);
        for (int i = 0; i < slots.length; i++) {
            state.slots().get(i).copyTo(slots[i]);
            ranges.rows().addMoved(slots[i], copy.optimizer.slotStart());
        }
        return copy;
    }

    private static OptimizerState resume(
            TrainingState state, ParameterBlock[] slots, StepRanges ranges, TensorArena scratch) {
        Optimizer optimizer = Optimizer.fromConfig(state.optimizer());
        if (slots.length != optimizer.slots()) {
            throw new IllegalArgumentException("The training state holds " + slots.length + " moments, but "
                    + optimizer.className() + " needs " + optimizer.slotNames() + "; train anew without resume()");
        }
        OptimizerState resumed = new OptimizerState(optimizer, slots, ranges, scratch);
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

    /** Fresh memory is zero. */
    private static void fillFresh(ParameterBlock slot, float value) {
        if (value != 0) {
            fill(slot, value);
        }
    }

    static void fill(ParameterBlock slot, float value) {
        for (long i = 0; i < slot.elements(); i++) {
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
        BlockRanges reached = ranges.reached();
        clip(gradients.segment(), reached);
        steps++;
        update.weights = weights;
        update.gradients = gradients;
        update.ranges = moved(reached);
        team.run(update);
    }

    /** What the step may move; the rest of the block it would leave as it is. */
    private BlockRanges moved(BlockRanges reached) {
        switch (optimizer.withoutGradient()) {
            case STAYS -> {
                ranges.rows().addReached();
                return reached;
            }
            case STAYS_AT_START -> {
                ranges.rows().addReached();
                return ranges.changed();
            }
            default -> {
                ranges.rows().addAll();
                return ranges.whole();
            }
        }
    }

    /** Every weight depends on its own gradient and moments only, so threads may share the block in any way. */
    private final class Update implements Team.Job {

        private ParameterBlock weights;
        private ParameterBlock gradients;
        private BlockRanges ranges;

        @Override
        public void run(int member, int size) {
            long groups = ranges.bytes() / GROUP_BYTES;
            long first = groups * member / size * GROUP_BYTES;
            long end = groups * (member + 1) / size * GROUP_BYTES;
            long passed = 0;
            for (int i = 0; i < ranges.count(); i++) {
                long from = ranges.from(i);
                update(from + Math.max(0, first - passed), from + Math.min(ranges.bytes(i), end - passed));
                passed += ranges.bytes(i);
            }
        }

        private void update(long fromBytes, long endBytes) {
            for (long at = fromBytes; at < endBytes; at += Chunk.BYTES) {
                int count = Chunk.floats(endBytes - at);
                optimizer.update(weights.segment(), gradients.segment(), slots, at, count, steps);
            }
        }
    }

    private void clip(MemorySegment gradients, BlockRanges reached) {
        Clipping clipping = optimizer.clipping();
        switch (clipping.kind()) {
            case NONE -> {
            }
            case VALUE -> {
                for (int i = 0; i < reached.count(); i++) {
                    BlockReductions.clip(gradients, reached.from(i), reached.bytes(i), (float) clipping.limit());
                }
            }
            case NORM -> {
                for (int i = 0; i < ranges.count(); i++) {
                    shorten(gradients, ranges.reached(i), clipping.limit());
                }
            }
            case GLOBAL_NORM -> shorten(gradients, reached, clipping.limit());
        }
    }

    /** Zeros that are left out of a sum of squares are of no matter to its bits, for it adds column by column of 16. */
    private void shorten(MemorySegment gradients, BlockRanges reached, double limit) {
        squares.fill((byte) 0);
        for (int i = 0; i < reached.count(); i++) {
            BlockReductions.addSquares(gradients, reached.from(i), reached.bytes(i), squares);
        }
        double norm = Math.sqrt(BlockReductions.total(squares));
        if (norm > limit) {
            // Else numbers keep their bits.
            float factor = (float) (limit / norm);
            for (int i = 0; i < reached.count(); i++) {
                BlockReductions.scale(gradients, reached.from(i), reached.bytes(i), factor);
            }
        }
    }
}
