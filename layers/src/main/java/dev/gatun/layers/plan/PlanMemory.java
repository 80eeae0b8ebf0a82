package dev.gatun.layers.plan;

import dev.gatun.memory.MemoryPlan;
import dev.gatun.memory.Shape;
import dev.gatun.memory.Slot;
import dev.gatun.memory.TensorArena;
import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The memory of a plan while it is made. In plans of predictions the place of a value is given to others once its last
 * reader is planned, and so is what an operation keeps for itself.
 */
public final class PlanMemory {

    /**
     * Between two places: layers side by side write theirs from different cores, and a cache fetches lines in pairs. Without it
     * a stack of two layers on two threads took 5 to 10 % longer.
     */
    private static final long APART_BYTES = 4 * TensorArena.ALIGNMENT;

    private final MemoryPlan plan = new MemoryPlan();
    private final boolean reuses;
    private final List<Slot> given = new ArrayList<>();
    /** Values that are still to be read, by the memory they lie in. */
    private final Map<Slot, List<Value>> alive = new IdentityHashMap<>();
    private long zeroFloats;
    private Slot zeros;

    /**
     * Memory for a plan.
     *
     * @param mode what the plan is for: with gradients nothing is given twice, for the way back reads it all, nor in a stream's
     *             step, at whose end the states of every layer are kept
     */
    public PlanMemory(ExecutionMode mode) {
        this(mode, false);
    }

    /**
     * Memory for a plan.
     *
     * @param mode  what the plan is for
     * @param keeps whether the states of layers are kept at the end of a run; then nothing is given twice either
     */
    public PlanMemory(ExecutionMode mode, boolean keeps) {
        Arguments.required(mode, "PlanMemory", "mode", "for example ExecutionMode.INFERENCE");
        this.reuses = !mode.gradients() && !mode.carriesState() && !keeps;
    }

    /**
     * Memory of an operation, until it has run; for good in a plan with gradients.
     *
     * @param name  what lies there
     * @param bytes its size, at least 0
     * @return its place
     */
    public Slot workspace(String name, long bytes) {
        Slot slot = plan.workspace(name, bytes > Long.MAX_VALUE - APART_BYTES ? bytes : bytes + APART_BYTES);
        given.add(slot);
        return slot;
    }

    /**
     * Memory for one call of an operation, shared with others that run at other times.
     *
     * @param name  what lies there
     * @param bytes its size, at least 0
     * @return its place
     */
    public Slot scratch(String name, long bytes) {
        return plan.scratch(name, bytes);
    }

    /**
     * Asks for a row of zeros, one for the whole plan: {@link Operation.Memory#zeros}.
     *
     * @param floats how long it has to be
     */
    public void zeros(long floats) {
        zeroFloats = Math.max(zeroFloats, floats);
    }

    /** Takes memory for the zeros; nothing more may be asked for. */
    public void complete() {
        zeros = plan.lasting("zeros", Shape.of(Math.max(1, zeroFloats)).floatBytes());
    }

    /**
     * Where the zeros are.
     *
     * @return bytes from the start of the block, once the plan is complete
     */
    public long zeroBytes() {
        return zeros.baseBytes();
    }

    /**
     * Where a place lies, once the plan is complete.
     *
     * @param slot a place of this plan
     * @return bytes from the start of the block
     */
    public long at(Slot slot) {
        return plan.at(slot);
    }

    /** {@return bytes of the whole block} */
    public long totalBytes() {
        return plan.totalBytes();
    }

    /** {@return all places, to show what the memory is for} */
    public List<Slot> slots() {
        return plan.slots();
    }

    /** Ends an operation's scratch memory: the next one may use it. */
    public void endOperation() {
        plan.releaseScratch();
    }

    /**
     * Ends what runs together: of the memory asked for since the last call only that of these values is kept.
     *
     * @param values what will be read later
     */
    public void endGroup(List<Value> values) {
        Arguments.all(values, "PlanMemory.endGroup", "values", "what will be read later, none is fine");
        if (!reuses) {
            return;
        }
        for (Value value : values) {
            List<Value> there = alive.get(value.slot());
            if (there == null) {
                there = new ArrayList<>();
                alive.put(value.slot(), there);
            }
            there.add(value);
        }
        for (Slot slot : given) {
            if (!alive.containsKey(slot)) {
                plan.release(slot);
            }
        }
        given.clear();
    }

    /**
     * Says that everything that reads a value is planned.
     *
     * @param value kept by {@link #endGroup} before
     */
    public void lastRead(Value value) {
        Arguments.required(value, "PlanMemory.lastRead", "value", "a value of this plan");
        List<Value> beside = alive.get(value.slot());
        if (beside != null && beside.remove(value) && beside.isEmpty()) {
            alive.remove(value.slot());
            plan.release(value.slot());
        }
    }
}
