package dev.gatun.perf.paired;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.LeadingDimension;
import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.team.Team;
import dev.gatun.memory.TensorArena;
import java.lang.foreign.MemorySegment;

/** Gatun's product; B is packed once, as a model's weights are. */
public final class OurGemm implements Contender {

    private final Task.Sizes sizes;
    private final TensorArena arena = TensorArena.open("gemm");
    private final Team team;
    private final Team.Job job;
    private final RowsView c;

    /**
     * @param a [M,K]
     * @param b [K,N]
     */
    public OurGemm(Task.Sizes sizes, int threads, float[] a, float[] b) {
        this.sizes = sizes;
        this.team = new Team(threads);
        int n = sizes.n();
        int k = sizes.k();
        long aRow = (long) LeadingDimension.of(k) * Float.BYTES;
        long cRow = (long) LeadingDimension.of(n) * Float.BYTES;
        Strips strips = new Strips(k, Strips.padded(n));
        MemorySegment left = arena.allocate(sizes.m() * aRow, "a");
        for (int row = 0; row < sizes.m(); row++) {
            MemorySegment.copy(a, row * k, left, JAVA_FLOAT, row * aRow, k);
        }
        MemorySegment packed = arena.allocate(strips.bytes(), "b");
        for (int row = 0; row < k; row++) {
            for (int column = 0; column < n; column++) {
                packed.setAtIndex(JAVA_FLOAT, strips.index(row, column), b[row * n + column]);
            }
        }
        this.c = new RowsView(arena.allocate(sizes.m() * cRow, "c"), 0, cRow);
        RowsView zeros = new RowsView(arena.allocate(cRow, "zeros"), 0, 0);
        Product product = new Product(new RowsView(left, 0, aRow), packed, 0, strips, c, zeros);
        this.job = (member, size) -> product.share(0, 0, 0, sizes.m(), member, size);
        Kernels.await();
    }

    @Override
    public void run() {
        team.run(job);
    }

    @Override
    public float[] result() {
        float[] result = new float[sizes.m() * sizes.n()];
        for (int row = 0; row < sizes.m(); row++) {
            MemorySegment.copy(c.segment(), JAVA_FLOAT, c.at(row), result, row * sizes.n(), sizes.n());
        }
        return result;
    }

    @Override
    public void close() {
        team.close();
        arena.close();
    }
}
