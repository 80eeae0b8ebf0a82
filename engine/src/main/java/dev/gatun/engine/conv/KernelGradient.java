package dev.gatun.engine.conv;

import dev.gatun.engine.dense.DenseWeights;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.team.Partition;

/**
 * The gradient of a kernel. Of a convolution it is gathered x times dy, over the rows that come out; of a transposed one
 * gathered dy times x, over the rows that go in.
 */
final class KernelGradient {

    private final TapGradient[] groups;
    private final boolean spreads;
    private int rows;

    KernelGradient(ConvLayer layer, DenseWeights gradients, RowsView dy) {
        ConvKernel kernel = layer.kernel();
        ConvMemory memory = layer.memory();
        this.spreads = layer.taps().spreads();
        TapRead read = spreads
                ? new TapRead(layer.taps().back(), dy, null, memory.zeros())
                : new TapRead(layer.taps(), layer.x(), layer.earlier(), memory.zeros());
        RowsView other = spreads ? layer.x() : dy;
        this.groups = new TapGradient[kernel.groups()];
        for (int group = 0; group < groups.length; group++) {
            groups[group] = new TapGradient(read.group(group, kernel.rows(), memory.scratch()), memory.scratch(),
                    kernel.strips(), gradients.segment(),
                    gradients.kernelBytes() + kernel.groupBytes(group),
                    TapRead.columns(other, group * kernel.columns()), kernel.columns(), spreads || groups.length > 1,
                    memory.packs());
        }
    }

    void resize(ConvSizes sizes, int earlierSteps) {
        rows = spreads ? sizes.inputRows() : sizes.rows();
        for (TapGradient group : groups) {
            group.gathered().resize(sizes, spreads ? sizes.steps() : sizes.inputs(), spreads ? 0 : earlierSteps);
        }
    }

    /** A team member's share: of groups, or of the one group's strips. */
    void share(int member, int size) {
        if (groups.length == 1) {
            groups[0].share(rows, member, size);
            return;
        }
        int end = Partition.first(groups.length, member + 1, size);
        for (int group = Partition.first(groups.length, member, size); group < end; group++) {
            groups[group].all(rows, member);
        }
    }
}
