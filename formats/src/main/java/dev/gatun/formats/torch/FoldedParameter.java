package dev.gatun.formats.torch;

import dev.gatun.formats.FormatException;
import dev.gatun.memory.Shape;
import java.util.List;

/** A parameter that a module computes from others when it runs, or that stands in the file under another name. */
sealed interface FoldedParameter {

    /** Its shape, from those of the tensors of the file. */
    Shape shape(StateDict file);

    /** Its numbers, from those of the tensors of the file. */
    float[] numbers(StateDict file) throws FormatException;

    /** The tensors of the file that it comes from. */
    List<String> sources();

    /** One and the same tensor. */
    record Same(String source) implements FoldedParameter {

        @Override
        public Shape shape(StateDict file) {
            return file.shapes().get(source);
        }

        @Override
        public float[] numbers(StateDict file) throws FormatException {
            return file.numbers(source);
        }

        @Override
        public List<String> sources() {
            return List.of(source);
        }
    }

    /**
     * {@code torch.nn.utils.weight_norm}: w = g v / |v|, a length for each slice along one axis, or one for all. Source: Salimans
     * and Kingma 2016, equation 2.
     */
    record WeightNorm(String length, String direction) implements FoldedParameter {

        @Override
        public Shape shape(StateDict file) {
            Shape whole = file.shapes().get(direction);
            Shape lengths = file.shapes().get(length);
            boolean isOne = lengths.elements() == 1;
            boolean isForAxis = lengths.rank() == whole.rank() && axis(lengths) >= 0
                    && lengths.elements() == lengths.dim(axis(lengths))
                    && lengths.dim(axis(lengths)) == whole.dim(axis(lengths));
            if (!isOne && !isForAxis) {
                throw new IllegalArgumentException("tensor " + FormatException.quote(length) + " has shape " + lengths
                        + ", expected a length for each slice of " + FormatException.quote(direction) + " of shape "
                        + whole + ", or one for all");
            }
            return whole;
        }

        /** That has more than one length; -1 if none has. */
        private static int axis(Shape lengths) {
            for (int axis = 0; axis < lengths.rank(); axis++) {
                if (lengths.dim(axis) > 1) {
                    return axis;
                }
            }
            return -1;
        }

        /** Where there is one length, for one slice of an axis of size 1 is the same as for all. */
        @Override
        public float[] numbers(StateDict file) throws FormatException {
            Shape whole = file.shapes().get(direction);
            int axis = axis(file.shapes().get(length));
            int slices = axis < 0 ? 1 : Math.toIntExact(whole.dim(axis));
            int inner = 1;
            for (int behind = axis + 1; axis >= 0 && behind < whole.rank(); behind++) {
                inner *= Math.toIntExact(whole.dim(behind));
            }
            float[] lengths = file.numbers(length);
            float[] numbers = file.numbers(direction).clone();
            double[] squares = new double[slices];
            for (int i = 0; i < numbers.length; i++) {
                squares[i / inner % slices] += (double) numbers[i] * numbers[i];
            }
            for (int i = 0; i < numbers.length; i++) {
                int slice = i / inner % slices;
                numbers[i] = (float) (numbers[i] * (lengths[slice] / Math.sqrt(squares[slice])));
            }
            return numbers;
        }

        @Override
        public List<String> sources() {
            return List.of(length, direction);
        }
    }

    /**
     * {@code torch.nn.utils.spectral_norm} as it serves: w / (u W v), with the two vectors that training left. Source: Miyato et
     * al. 2018, algorithm 1.
     */
    record SpectralNorm(String original, String left, String right) implements FoldedParameter {

        @Override
        public Shape shape(StateDict file) {
            Shape whole = file.shapes().get(original);
            long rows = whole.rank() == 0 ? 0 : whole.dim(0);
            boolean fits = rows > 0 && file.shapes().get(left).equals(Shape.of(rows))
                    && file.shapes().get(right).equals(Shape.of(whole.elements() / rows));
            if (!fits) {
                throw new IllegalArgumentException("tensor " + FormatException.quote(original) + " of shape " + whole
                        + " goes with vectors of shapes " + file.shapes().get(left) + " and "
                        + file.shapes().get(right) + ", expected one along its first axis and one along the others");
            }
            return whole;
        }

        @Override
        public float[] numbers(StateDict file) throws FormatException {
            float[] numbers = file.numbers(original).clone();
            float[] u = file.numbers(left);
            float[] v = file.numbers(right);
            double sigma = 0;
            for (int i = 0; i < numbers.length; i++) {
                sigma += (double) u[i / v.length] * numbers[i] * v[i % v.length];
            }
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) (numbers[i] / sigma);
            }
            return numbers;
        }

        @Override
        public List<String> sources() {
            return List.of(original, left, right);
        }
    }

    /** {@code torch.nn.utils.prune}: what is pruned counts as 0. */
    record Pruned(String original, String mask) implements FoldedParameter {

        @Override
        public Shape shape(StateDict file) {
            Shape whole = file.shapes().get(original);
            if (!whole.equals(file.shapes().get(mask))) {
                throw new IllegalArgumentException("tensor " + FormatException.quote(mask) + " has shape "
                        + file.shapes().get(mask) + ", expected " + whole + " as " + FormatException.quote(original));
            }
            return whole;
        }

        @Override
        public float[] numbers(StateDict file) throws FormatException {
            float[] numbers = file.numbers(original).clone();
            float[] kept = file.numbers(mask);
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] *= kept[i];
            }
            return numbers;
        }

        @Override
        public List<String> sources() {
            return List.of(original, mask);
        }
    }
}
