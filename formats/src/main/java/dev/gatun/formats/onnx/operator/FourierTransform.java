package dev.gatun.formats.onnx.operator;

import java.util.Arrays;

/**
 * The discrete Fourier transform of any length n in about n log n steps: by halves if n is a power of two, else as a convolution
 * of such a length (Bluestein's algorithm).
 *
 * @param length    of a sequence
 * @param isInverse from frequencies, each divided by the length
 */
record FourierTransform(int length, boolean isInverse) {

    /** In place. */
    void apply(double[] real, double[] imaginary) {
        if (Integer.bitCount(length) == 1) {
            byHalves(real, imaginary, isInverse);
        } else if (length > 0) {
            byConvolution(real, imaginary);
        }
        for (int i = 0; i < length && isInverse; i++) {
            real[i] /= length;
            imaginary[i] /= length;
        }
    }

    private static void byHalves(double[] real, double[] imaginary, boolean isInverse) {
        int n = real.length;
        for (int i = 1; i < n; i++) {
            int mirrored = Integer.reverse(i) >>> Integer.numberOfLeadingZeros(n) + 1;
            if (mirrored > i) {
                swap(real, i, mirrored);
                swap(imaginary, i, mirrored);
            }
        }
        for (int half = 1; half < n; half *= 2) {
            for (int k = 0; k < half; k++) {
                double angle = (isInverse ? Math.PI : -Math.PI) * k / half;
                double cos = Math.cos(angle);
                double sin = Math.sin(angle);
                for (int i = k; i < n; i += 2 * half) {
                    double re = real[i + half] * cos - imaginary[i + half] * sin;
                    double im = real[i + half] * sin + imaginary[i + half] * cos;
                    real[i + half] = real[i] - re;
                    imaginary[i + half] = imaginary[i] - im;
                    real[i] += re;
                    imaginary[i] += im;
                }
            }
        }
    }

    private static void swap(double[] numbers, int a, int b) {
        double other = numbers[a];
        numbers[a] = numbers[b];
        numbers[b] = other;
    }

    private void byConvolution(double[] real, double[] imaginary) {
        int wide = Math.toIntExact(2L * Long.highestOneBit(2L * length));
        double[] cos = new double[length];
        double[] sin = new double[length];
        for (int i = 0; i < length; i++) {
            // The square only counts up to whole turns.
            double angle = Math.PI * ((long) i * i % (2L * length)) / length;
            cos[i] = Math.cos(angle);
            sin[i] = isInverse ? Math.sin(angle) : -Math.sin(angle);
        }
        double[] re = new double[wide];
        double[] im = new double[wide];
        double[] chirpRe = new double[wide];
        double[] chirpIm = new double[wide];
        for (int i = 0; i < length; i++) {
            re[i] = real[i] * cos[i] - imaginary[i] * sin[i];
            im[i] = real[i] * sin[i] + imaginary[i] * cos[i];
            chirpRe[i] = cos[i];
            chirpIm[i] = -sin[i];
            chirpRe[(wide - i) % wide] = cos[i];
            chirpIm[(wide - i) % wide] = -sin[i];
        }
        byHalves(re, im, false);
        byHalves(chirpRe, chirpIm, false);
        for (int i = 0; i < wide; i++) {
            double product = re[i] * chirpRe[i] - im[i] * chirpIm[i];
            im[i] = re[i] * chirpIm[i] + im[i] * chirpRe[i];
            re[i] = product;
        }
        byHalves(re, im, true);
        for (int i = 0; i < length; i++) {
            real[i] = (re[i] * cos[i] - im[i] * sin[i]) / wide;
            imaginary[i] = (re[i] * sin[i] + im[i] * cos[i]) / wide;
        }
    }

    /** A sequence with a number for each frequency of its half, to one with all: the other half mirrors it. */
    void mirror(double[] real, double[] imaginary, int known) {
        for (int i = known; i < length; i++) {
            real[i] = length - i < known ? real[length - i] : 0;
            imaginary[i] = length - i < known ? -imaginary[length - i] : 0;
        }
        Arrays.fill(imaginary, 0, Math.min(1, length), 0);
    }
}
