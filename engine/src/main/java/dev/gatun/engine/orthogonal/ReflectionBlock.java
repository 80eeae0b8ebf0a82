package dev.gatun.engine.orthogonal;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.gatun.engine.gemm.Product;
import dev.gatun.engine.gemm.RowsView;
import dev.gatun.engine.gemm.Strips;
import dev.gatun.engine.random.Normals;
import dev.gatun.engine.random.Philox;
import dev.gatun.engine.team.Partition;
import dev.gatun.engine.team.Team;
import java.lang.foreign.MemorySegment;

/**
 * Some reflections {@code I - 2 v v^T / v^T v} one after the other, as one {@code I - V T V^T} (Schreiber and Van Loan, A
 * storage-efficient WY representation for products of Householder transformations, 1989), so that products apply them. T is
 * the inverse of the upper triangle of {@code V^T V}, its diagonal halved (Puglisi 1992): exact for the vectors as they are
 * rounded. Reflection j leaves the first {@code first + j} numbers of a row alone.
 */
final class ReflectionBlock {

    /** Reflections of a block: four strips of columns. */
    static final int SIZE = 4 * Strips.WIDTH;
    /** Rows that pass through all three products while they are in a core's cache; whole tiles of 4 and of 6. */
    private static final int ROW_GROUP = 48;

    private final OrthogonalMemory memory;
    private final int first;
    private final int count;
    private final int padded;
    private final int length;
    private final double[] halves = new double[SIZE];
    private final Product gram;
    private final Application application;

    /** Products, one after the other, that take rows X to {@code X - X V T V^T}. */
    private record Application(Product project, Product weigh, Product subtract) {

        void rows(int first, int count) {
            project.rows(first, first, 0, count);
            weigh.rows(first, first, 0, count);
            subtract.rows(first, first, first, count);
        }
    }

    /**
     * @param first   number of the first reflection, a multiple of {@link #SIZE}
     * @param lasting as in {@link Product}
     */
    ReflectionBlock(OrthogonalMemory memory, int first, boolean lasting) {
        this.memory = memory;
        this.first = first;
        this.count = Math.min(SIZE, memory.rows() - first);
        this.padded = Strips.padded(count);
        this.length = memory.length() - first;
        MemorySegment segment = memory.segment();
        Strips columns = new Strips(length, padded);
        Strips square = new Strips(padded, padded);
        RowsView part = memory.matrix().from(0, first);
        RowsView zeros = memory.zeros();
        this.gram = new Product(
                memory.vectors(), segment, memory.columnsBytes(), columns, memory.gram(), zeros, lasting);
        Product project = new Product(
                part, segment, memory.columnsBytes(), columns, memory.projected(), zeros, lasting);
        Product weigh = new Product(
                memory.projected(), segment, memory.triangleBytes(), square, memory.weighed(), zeros, lasting);
        Product subtract = new Product(
                memory.weighed(), segment, memory.rowsBytes(), new Strips(padded, length), part, part, lasting);
        this.application = new Application(project, weigh, subtract);
    }

    /** A member's share of drawing the reflections and applying them to all rows that they change; all members call it. */
    void run(Philox random, Team team, int member, int size) {
        int end = Partition.first(padded, member + 1, size);
        for (int j = Partition.first(padded, member, size); j < end; j++) {
            draw(random, j);
        }
        team.barrier();
        gram.share(0, 0, 0, padded, member, size);
        team.barrier();
        if (member == 0) {
            triangle();
        }
        team.barrier();
        int last = first + Partition.first(memory.rows() - first, ROW_GROUP, member + 1, size);
        for (int row = first
                + Partition.first(memory.rows() - first, ROW_GROUP, member, size); row < last; row += ROW_GROUP) {
            application.rows(row, Math.min(ROW_GROUP, last - row));
        }
        team.barrier();
    }

    /**
     * Vector j: that of the reflection which takes normal numbers x to {@code -sign(x_0) |x| e_0}, of length sqrt 2. The sign is
     * R's in the factorization of which this is a column.
     */
    private void draw(Philox random, int j) {
        float[] vector = new float[length];
        if (j < count) {
            int used = memory.columns() - first - j;
            double[] x = new double[used];
            Normals.fill(random, (long) (first + j) * ((memory.columns() + 3) / 4), x, used);
            double norm = Math.sqrt(Sums.squares(x));
            memory.signs()[first + j] = x[0] < 0 ? 1 : -1;
            double scale = 1 / Math.sqrt(norm * (norm + Math.abs(x[0])));
            x[0] += x[0] < 0 ? -norm : norm;
            for (int i = 0; i < used; i++) {
                float rounded = (float) (x[i] * scale);
                vector[j + i] = rounded;
                x[i] = rounded;
            }
            halves[j] = Sums.squares(x) / 2;
        }
        place(vector, j);
    }

    /** As a row, for the Gram matrix, and packed for the products: as column j of V, and as row j of its transpose. */
    private void place(float[] vector, int j) {
        MemorySegment segment = memory.segment();
        MemorySegment source = MemorySegment.ofArray(vector);
        MemorySegment.copy(source, 0, segment, memory.vectors().at(j), source.byteSize());
        Strips transposed = new Strips(padded, length);
        for (int strip = 0; strip < transposed.count(); strip++) {
            MemorySegment.copy(source, strip * Strips.ROW_BYTES, segment,
                    memory.rowsBytes() + transposed.at(strip) + j * Strips.ROW_BYTES, Strips.ROW_BYTES);
        }
        Strips packed = new Strips(length, padded);
        long at = memory.columnsBytes() + packed.index(0, j) * Float.BYTES;
        long step = (packed.index(1, j) - packed.index(0, j)) * Float.BYTES;
        for (float number : vector) {
            segment.set(JAVA_FLOAT, at, number);
            at += step;
        }
    }

    /** Packs -T^T. */
    private void triangle() {
        double[][] inverse = new double[count][count];
        float[][] products = new float[count][count];
        for (int i = 0; i < count; i++) {
            for (int j = i + 1; j < count; j++) {
                products[i][j] = memory.segment().get(JAVA_FLOAT, memory.gram().at(i, j));
            }
        }
        for (int j = 0; j < count; j++) {
            inverse[j][j] = 1 / halves[j];
            for (int i = j - 1; i >= 0; i--) {
                double sum = 0;
                for (int k = i + 1; k <= j; k++) {
                    sum += products[i][k] * inverse[k][j];
                }
                inverse[i][j] = -sum / halves[i];
            }
        }
        Strips square = new Strips(padded, padded);
        for (int i = 0; i < padded; i++) {
            for (int j = 0; j < padded; j++) {
                float number = j <= i && i < count ? (float) -inverse[j][i] : 0;
                memory.segment().set(JAVA_FLOAT, memory.triangleBytes() + square.index(i, j) * Float.BYTES, number);
            }
        }
    }
}
