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
    private final LayerGradients weightGradients;
    private final RepeatedOutputs repeated;
    private final StepPartitions partitions;
    private final int outputBlocks;
    private StepPartition[] splits;
    private int batch;
    private int time;

    public RecurrentBackward(
            RecurrentSizes sizes, CellKernel cell, RecurrentMemory memory, RecurrentWeights weights,
            RecurrentWeights gradients,
            RecurrentGradients flow, Team team) {
        this.memory = memory;
        this.flow = flow;
        this.team = team;
        List<CellSteps> steps = cell.steps(sizes, memory, weights, flow);
        this.stages = new StageBackward[steps.size()];
        for (int stage = 0; stage < stages.length; stage++) {
            stages[stage] = new StageBackward(sizes, cell, steps.get(stage), stage, memory, weights, flow);
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
        this.weightGradients = gradients == null
                ? null
                : new LayerGradients(sizes, cell, memory, flow, gradients);
        this.repeated = flow.dSequence() == null
                ? null
                : new RepeatedOutputs(memory, flow.dSequence(), sizes.outputs());
        this.outputBlocks = sizes.outputBlocks();
        this.partitions = new StepPartitions(sizes, cell.wholeRows(), team.size());
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
        if (kernelTranspose != null) {
            kernelTranspose.share(member, size);
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
        toInput.share(0, dxRow, dxRow, steps * batch, member, size);
        team.barrier();
    }

    private void meet(StepPartition split) {
        if (!split.byRows()) {
            team.barrier();
        }
    }
}
