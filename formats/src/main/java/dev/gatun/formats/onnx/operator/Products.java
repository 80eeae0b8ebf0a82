package dev.gatun.formats.onnx.operator;

import dev.gatun.formats.onnx.graph.NumberArray;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Products of matrices. */
final class Products {

    static final List<Operator> OPERATORS = List.of(
            Operator.of("MatMul").slow().inputs(2).makes(Products::multiplied),
            Operator.of("Gemm").slow().inputs(2, 3).with("alpha", "beta", "transA", "transB").makes(Products::gemm));

    private Products() {}

    /** As NumPy's matmul: vectors become matrices for the product, leading axes are repeated where they must be. */
    private static NumberArray multiplied(OperatorCall call) {
        NumberArray a = call.input(0);
        NumberArray b = call.input(1);
        Storage.requireSameType(a, b);
        if (a.rank() == 0 || b.rank() == 0) {
            throw new IllegalArgumentException("its inputs are " + a + " and " + b + ", expected matrices");
        }
        NumberArray left = a.rank() == 1 ? a.in(1, a.count()) : a;
        NumberArray right = b.rank() == 1 ? b.in(b.count(), 1) : b;
        int rows = left.size(left.rank() - 2);
        int inner = left.size(left.rank() - 1);
        int columns = right.size(right.rank() - 1);
        if (inner != right.size(right.rank() - 2)) {
            throw new IllegalArgumentException(
                    "its inputs are " + a + " and " + b + ", expected as many columns as rows");
        }
        int[] outerLeft = Arrays.copyOf(left.shape(), left.rank() - 2);
        int[] outerRight = Arrays.copyOf(right.shape(), right.rank() - 2);
        int[] outer = Broadcast.shape(outerLeft, outerRight);
        int[] shape = Arrays.copyOf(outer, outer.length + 2);
        shape[outer.length] = rows;
        shape[outer.length + 1] = columns;
        Object made = Storage.of(a.type(), Storage.count(shape));
        if (outerRight.length == 0) {
            // One matrix for all: the rows of all blocks are those of one.
            write(call, new MatrixProduct(Strides.product(left.shape(), 0, left.rank() - 1), inner, columns), left,
                    () -> right, made);
        } else {
            MatrixProduct one = new MatrixProduct(rows, inner, columns);
            int[] ofLeft = blocks(outerLeft, outer);
            int[] ofRight = blocks(outerRight, outer);
            for (int block = 0; block < ofLeft.length; block++) {
                one.write(left.numbers(), ofLeft[block] * rows * inner, right.numbers(),
                        ofRight[block] * inner * columns, made, block * rows * columns);
            }
        }
        NumberArray product = Storage.fitted(a.type(), shape, made);
        return withoutAdded(product, a.rank() == 1, b.rank() == 1);
    }

    /** Of a matrix that is the same in every run what the engine reads is kept. */
    private static void write(
            OperatorCall call, MatrixProduct product, NumberArray left, Supplier<NumberArray> right, Object made) {
        if (left.numbers() instanceof float[] floats && call.kept().isConstant(1) && product.isWorthPacking()) {
            MemorySegment packed = call.kept().numbers(1, "", null,
                    in -> product.packed(right.get().floats(), 0, in));
            product.write(floats, 0, packed, (float[]) made, 0);
        } else {
            product.write(left.numbers(), 0, right.get().numbers(), 0, made, 0);
        }
    }

    private static int[] blocks(int[] own, int[] outer) {
        return Broadcast.indices(NumberArray.booleans(own, new boolean[NumberArray.count(own)]), outer);
    }

    private static NumberArray withoutAdded(NumberArray product, boolean row, boolean column) {
        NumberArray made = column ? Reshaping.squeezed(product, -1) : product;
        return row ? Reshaping.squeezed(made, column ? -1 : -2) : made;
    }

    private static NumberArray gemm(OperatorCall call) {
        NumberArray a = matrix(call.input(0), call.node().whole("transA", 0) != 0);
        boolean isTurned = call.node().whole("transB", 0) != 0;
        NumberArray given = matrix(call.input(1), false);
        int inner = given.size(isTurned ? 1 : 0);
        int columns = given.size(isTurned ? 0 : 1);
        double alpha = call.node().real("alpha", 1);
        double beta = call.node().real("beta", 1);
        Storage.requireSameType(a, given);
        if (a.size(1) != inner) {
            throw new IllegalArgumentException("its matrices are " + a + " and " + given
                    + (isTurned ? ", turned" : "") + ", expected as many columns as rows");
        }
        int[] shape = {a.size(0), columns};
        Object product = Storage.of(a.type(), Storage.count(shape));
        write(call, new MatrixProduct(shape[0], inner, columns), a, () -> matrix(given, isTurned), product);
        NumberArray c = call.optional(2);
        int[] ofC = c == null ? null : broadcast(c, shape);
        if (a.type().isWhole() && alpha == 1 && beta == 1) {
            long[] wholes = (long[]) product;
            for (int i = 0; c != null && i < wholes.length; i++) {
                wholes[i] += c.longs()[ofC[i]];
            }
            return Storage.fitted(a.type(), shape, product);
        }
        NumberArray plain = Storage.value(a.type(), shape, product);
        double[] made = new double[plain.count()];
        for (int i = 0; i < made.length; i++) {
            made[i] = alpha * plain.number(i) + (c == null ? 0 : beta * c.number(ofC[i]));
        }
        return Storage.rounded(a.type(), shape, made);
    }

    private static int[] broadcast(NumberArray c, int[] shape) {
        if (!Arrays.equals(Broadcast.shape(c.shape(), shape), shape)) {
            throw new IllegalArgumentException("it adds " + c + ", expected one that fits the shape "
                    + Arrays.toString(shape));
        }
        return Broadcast.indices(c, shape);
    }

    private static NumberArray matrix(NumberArray array, boolean isTransposed) {
        if (array.rank() != 2) {
            throw new IllegalArgumentException("its input is " + array + ", expected a matrix");
        }
        return isTransposed ? Movement.transposed(array, 1, 0) : array;
    }
}
