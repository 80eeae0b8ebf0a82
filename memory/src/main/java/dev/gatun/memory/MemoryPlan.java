package dev.gatun.memory;

import dev.gatun.memory.check.Arguments;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Registers every piece of working memory a plan needs, one after the other, and so gives each its offset before a
 * single byte is allocated. {@link Slot.Kind#WORKSPACE} slots each have bytes of their own until {@link #release} gives them
 * to others; {@link Slot.Kind#SCRATCH} slots live in one shared region, which {@link #releaseScratch} lets the next operation
 * use again.
 */
public final class MemoryPlan {

    private final List<Slot> workspace = new ArrayList<>();
    private final List<Slot> scratch = new ArrayList<>();
    private final FreeRanges free = new FreeRanges();
    private long workspaceBytes;
    private long scratchBytes;
    private long scratchPeakBytes;

    /** An empty plan. */
    public MemoryPlan() {}

    /**
     * Memory that survives from forward to backward.
     *
     * @param name  what will lie there
     * @param bytes its size, at least 0
     * @return its place
     * @throws IllegalArgumentException if the size is negative
     * @throws ArithmeticException      if the plan's size does not fit 63 bits
     */
    public Slot workspace(String name, long bytes) {
        long again = bytes > 0 ? free.take(TensorArena.roundUp(bytes)) : FreeRanges.NONE;
        return workspaceAt(again == FreeRanges.NONE ? workspaceBytes : again, name, bytes);
    }

    /**
     * Workspace that shares no byte with a slot that has ended: what lies there when the plan is made lies there in every run.
     *
     * @param name  what will lie there
     * @param bytes its size, at least 0
     * @return its place
     * @throws IllegalArgumentException if the size is negative
     * @throws ArithmeticException      if the plan's size does not fit 63 bits
     */
    public Slot lasting(String name, long bytes) {
        return workspaceAt(workspaceBytes, name, bytes);
    }

    private Slot workspaceAt(long baseBytes, String name, long bytes) {
        Slot slot = new Slot(name, Slot.Kind.WORKSPACE, baseBytes, bytes);
        workspaceBytes = Math.max(workspaceBytes, end(slot));
        workspace.add(slot);
        return slot;
    }

    /**
     * Memory whose content may be overwritten after the operation that asked for it.
     *
     * @param name  what will lie there
     * @param bytes its size, at least 0
     * @return its place
     * @throws IllegalArgumentException if the size is negative
     * @throws ArithmeticException      if the plan's size does not fit 63 bits
     */
    public Slot scratch(String name, long bytes) {
        Slot slot = new Slot(name, Slot.Kind.SCRATCH, scratchBytes, bytes);
        scratchBytes = end(slot);
        scratchPeakBytes = Math.max(scratchPeakBytes, scratchBytes);
        scratch.add(slot);
        return slot;
    }

    private static long end(Slot slot) {
        if (slot.bytes() > Long.MAX_VALUE - TensorArena.ALIGNMENT - slot.baseBytes()) {
            throw new ArithmeticException("A plan of " + slot.baseBytes() + " bytes cannot take " + slot.bytes()
                    + " more for " + slot.name() + ": its size does not fit 63 bits. Use a smaller batch or shorter"
                    + " sequences");
        }
        return slot.baseBytes() + TensorArena.roundUp(slot.bytes());
    }

    /**
     * Ends a workspace slot: what is asked for from now on may lie there.
     *
     * @param slot of this plan, not ended before
     * @throws NullPointerException     if the slot is null
     * @throws IllegalArgumentException if it is no workspace slot
     */
    public void release(Slot slot) {
        Arguments.required(slot, "MemoryPlan.release", "slot", "a place of the plan");
        if (slot.kind() != Slot.Kind.WORKSPACE) {
            throw new IllegalArgumentException("MemoryPlan.release: slot '" + slot.name()
                    + "' is scratch memory, which releaseScratch ends; give a workspace slot");
        }
        if (slot.bytes() > 0) {
            free.add(slot.baseBytes(), TensorArena.roundUp(slot.bytes()));
        }
    }

    /** Ends the current operation's scratch slots: the next one starts again at the beginning of the region. */
    public void releaseScratch() {
        scratchBytes = 0;
    }

    /**
     * Where a slot lies in one block that holds the workspace first and the scratch region behind it. Ask once all slots are
     * registered: each new workspace slot moves the scratch region.
     *
     * @param slot a place of this plan
     * @return bytes from the start of the block
     * @throws NullPointerException if the slot is null
     */
    public long at(Slot slot) {
        Arguments.required(slot, "MemoryPlan.at", "slot", "a place of the plan");
        return slot.kind() == Slot.Kind.SCRATCH ? workspaceBytes + slot.baseBytes() : slot.baseBytes();
    }

    /**
     * The size of the block that holds the workspace and the scratch region.
     *
     * @return bytes
     * @throws ArithmeticException if the size does not fit 63 bits
     */
    public long totalBytes() {
        return Math.addExact(workspaceBytes, scratchPeakBytes);
    }

    /**
     * The size of the workspace: its slots, each rounded up to {@link TensorArena#ALIGNMENT}, those that ended and others took
     * counted once.
     *
     * @return bytes
     */
    public long workspaceBytes() {
        return workspaceBytes;
    }

    /**
     * The size of the scratch region: the most that the slots of one operation took together.
     *
     * @return bytes
     */
    public long scratchBytes() {
        return scratchPeakBytes;
    }

    /**
     * All slots, to show what the memory is for.
     *
     * @return those of the workspace first, each kind in the order of registration; unmodifiable
     */
    public List<Slot> slots() {
        List<Slot> all = new ArrayList<>(workspace);
        all.addAll(scratch);
        return Collections.unmodifiableList(all);
    }
}
