package dev.gatun.engine.rnn;

import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.TransposedWeight;
import dev.gatun.engine.team.Partition;
import dev.gatun.engine.team.Team;
import java.util.List;

/**
 * Back-propagation through time (Werbos 1990) of one recurrent layer. Per step only the cell and {@code dz recurrentKernel^T},
 * stage by stage from the last; the gradients of the weights, of the bias and of the input are one product each over the whole
 * sequence afterwards.
 *
 * <p>Gradients of the weights, unless they are not wanted, are added to what the gradient segment holds. Assumes a training plan's memory just filled by
 * {@link RecurrentForward}; gate values are overwritten with gradients.
 */
public final class RecurrentBackward implements Team.Job {

    private final RecurrentMemory memory;
    private final RecurrentGradients flow;
    private final Team team;
    private final StageBackward[] stages;
    private final TransposedWeight kernelTranspose;
    private final Product toInput;
    /** With dropout's masks for each gate the way of each to the input; else null. */
    private final GateWays inputWays;
    private final LayerGradients weightGradients;
    private final RepeatedOutputs repeated;
    private final StepPartitions partitions;
    private final CountedRows counted;
    private final int outputBlocks;
    private StepPartition[] splits;
    private int batch;
    private int time;

    /** Without dropout that has a mask for each gate. */
    public RecurrentBackward(
            RecurrentSizes sizes, CellKernel cell, RecurrentMemory memory, RecurrentWeights weights,
            RecurrentWeights gradients, RecurrentGradients flow, Team team) {
        this(sizes, cell, memory, weights, gradients, flow, null, team);
    }

    /** @param drops dropout's masks for each gate, those of forward, or null */
    public RecurrentBackward(
            RecurrentSizes sizes, CellKernel cell, RecurrentMemory memory, RecurrentWeights weights,
            RecurrentWeights gradients,
            RecurrentGradients flow, GateDrops drops, Team team) {
        this.memory = memory;
        this.flow = flow;
        this.team = team;
        List<CellSteps> steps = cell.steps(sizes, memory, weights, flow);
        this.stages = new StageBackward[steps.size()];
        for (int stage = 0; stage < stages.length; stage++) {
            stages[stage] = new StageBackward(sizes, cell, steps.get(stage), stage, memory, weights, flow, drops,
                    team.size());
        }
        RowsView kernelPack = flow.kernelPack();
        this.kernelTranspose = flow.dx() == null
                ? null
                : TransposedWeight.of(
                        sizes.kernel(), weights.segment(), weights.kernelBytes(), kernelPack.segment(),
                        kernelPack.baseBytes());
        this.toInput = flow.dx() == null
                ? null
                : kernelTranspose.product(flow.dz(), flow.dx(), flow.addToDx() ? flow.dx() : memory.zeros());
        this.inputWays = flow.dx() == null || drops == null
                ? null
                : GateWays.ofInput(sizes, memory, weights, flow, drops, team.size());
        this.weightGradients = gradients == null
                ? null
                : new LayerGradients(sizes, cell, memory, flow, gradients, drops);
        this.repeated = flow.dSequence() == null
                ? null
                : new RepeatedOutputs(memory, flow.dSequence(), sizes.outputs());
        this.outputBlocks = sizes.outputBlocks();
        this.partitions = new StepPartitions(sizes, cell.wholeRows(), team.size());
        this.counted = new CountedRows(memory);
        resize(sizes.batch(), sizes.time());
    }

    /**
     * Says how much of the memory the run that follows uses, as {@link RecurrentForward#resize} did before.
     *
     * @param activeBatch B, 1 to the largest
     * @param activeTime  T, 0 to the largest
     */
    public void resize(int activeBatch, int activeTime) {
        batch = activeBatch;
        time = activeTime;
        splits = partitions.of(activeBatch);
        for (StageBackward stage : stages) {
            stage.resize(activeBatch);
        }
    }

    public void run() {
        team.run(this);
    }

    @Override
    public void run(int member, int size) {
        StepPartition split = splits[member];
        if (memory.mask() != null && repeated != null) {
            repeated.fold(Partition.first(batch, member, size), Partition.first(batch, member + 1, size), batch, time);
        }
        for (int stage = 0; stage < stages.length; stage++) {
            stages[stage].transpose(member, size);
        }
        if (inputWays != null) {
            inputWays.transpose(member, size);
        } else if (kernelTranspose != null) {
            kernelTranspose.share(member, size);
        }
        if (member == 0 && weightGradients != null) {
            weightGradients.prepare(batch * time);
        }
        team.barrier();
        for (int t = time - 1; t >= 0; t--) {
            if (t == time - 1 && flow.dSequence() != null) {
                // The last step has no later one that would bring its part of dSequence.
                stages[0].addSequence((long) t * batch, split.firstRow(), split.rows(), split.firstBlock(),
                        split.byRows() ? outputBlocks : split.endBlock());
            }
            for (int stage = stages.length - 1; stage >= 0; stage--) {
                stages[stage].cell(t, split);
                meet(split);
                stages[stage].previous(t, split, member, size);
            }
            if (t % flow.chunk() == 0 && toInput != null) {
                input(t, member, size);
            } else {
                meet(split);
            }
        }
        if (weightGradients != null) {
            team.barrier();
            weightGradients.share(batch, time, member, size);
        }
    }

    /** The input's gradients of the chunk that begins at step t: members wait until all have come so far, and until all have read. */
    private void input(int t, int member, int size) {
        int steps = Math.min(flow.chunk(), time - t);
        long dxRow = (long) t * batch;
        team.barrier();
        if (inputWays != null) {
            inputWays.share(dxRow, steps * batch, batch, flow.addToDx(), member, size);
        } else if (memory.mask() == null) {
            toInput.share(0, dxRow, dxRow, steps * batch, member, size);
        } else {
            inputOfCounted(dxRow, steps * batch, member, size);
        }
        team.barrier();
    }

    /** Rows whose steps do not count are left as they are, or hold anything: nobody asks for their gradient. */
    private void inputOfCounted(long dxRow, int rows, int member, int size) {
        boolean byRows = Partition.hasRowsForAll(rows, size);
        int firstStrip = byRows ? 0 : Partition.first(toInput.strips(), member, size);
        int endStrip = byRows ? toInput.strips() : Partition.first(toInput.strips(), member + 1, size);
        long first = dxRow + (byRows ? Partition.firstRow(rows, member, size) : 0);
        long end = byRows ? first + Partition.rowsOf(rows, member, size) : dxRow + rows;
        long row = counted.first(first, end);
        while (row < end) {
            long runEnd = counted.endOfRun(row, end);
            toInput.rows(row - dxRow, row, row, (int) (runEnd - row), firstStrip, endStrip);
            row = counted.first(runEnd, end);
        }
    }

    private void meet(StepPartition split) {
        if (!split.byRows()) {
            team.barrier();
        }
    }
}
