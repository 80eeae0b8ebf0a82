package dev.gatun.tests.attack.damage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** What can happen to bytes whatever they mean. */
enum Damage {
    FLIP {
        @Override
        byte[] of(byte[] bytes, Random random) {
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return bytes;
        }
    },
    REPLACE {
        @Override
        byte[] of(byte[] bytes, Random random) {
            for (int times = 1 + random.nextInt(4); times > 0; times--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            return bytes;
        }
    },
    CUT_END {
        @Override
        byte[] of(byte[] bytes, Random random) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
    },
    CUT_INSIDE {
        @Override
        byte[] of(byte[] bytes, Random random) {
            int from = random.nextInt(bytes.length);
            return without(bytes, from, from + length(bytes, from, random));
        }
    },
    INSERT {
        @Override
        byte[] of(byte[] bytes, Random random) {
            byte[] more = new byte[1 + random.nextInt(64)];
            random.nextBytes(more);
            return with(bytes, random.nextInt(bytes.length + 1), more);
        }
    },
    REPEAT {
        @Override
        byte[] of(byte[] bytes, Random random) {
            int from = random.nextInt(bytes.length);
            return with(bytes, from, Arrays.copyOfRange(bytes, from, from + length(bytes, from, random)));
        }
    },
    ZERO {
        @Override
        byte[] of(byte[] bytes, Random random) {
            int from = random.nextInt(bytes.length);
            Arrays.fill(bytes, from, from + length(bytes, from, random), (byte) (random.nextBoolean() ? 0 : 0xFF));
            return bytes;
        }
    },
    MOVE {
        @Override
        byte[] of(byte[] bytes, Random random) {
            int from = random.nextInt(bytes.length);
            int length = length(bytes, from, random);
            System.arraycopy(bytes, from, bytes, random.nextInt(bytes.length - length + 1), length);
            return bytes;
        }
    },
    /** A field of a header becomes as large, as small or as negative as it can be. */
    EXTREME {
        private static final long[] NUMBERS = {0, 1, -1, Byte.MAX_VALUE, 0xFF, Short.MAX_VALUE, 0xFFFF,
            Integer.MAX_VALUE, Integer.MIN_VALUE, 0xFFFF_FFFFL, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE,
            Long.MAX_VALUE - 7, 100_000_000L, 100_000_001L};

        @Override
        byte[] of(byte[] bytes, Random random) {
            int size = Math.min(bytes.length, 1 << random.nextInt(4));
            int at = random.nextInt(bytes.length - size + 1);
            ByteBuffer number = ByteBuffer.allocate(Long.BYTES)
                    .order(random.nextInt(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                    .putLong(NUMBERS[random.nextInt(NUMBERS.length)]);
            number.get(0, bytes, at, size);
            return bytes;
        }
    };

    private static final int LONGEST_BLOCK = 512;
    private static final Damage[] ALL = values();

    /** @param bytes not empty; may be changed */
    abstract byte[] of(byte[] bytes, Random random);

    /** A damaged copy. In half of all cases the first bytes are hit, where a header is. */
    static byte[] any(byte[] sound, Random random) {
        Damage damage = ALL[random.nextInt(ALL.length)];
        int head = Math.min(sound.length, 256);
        if (head == 0 || head == sound.length || random.nextBoolean()) {
            return head == 0 ? sound : damage.of(sound.clone(), random);
        }
        byte[] first = damage.of(Arrays.copyOf(sound, head), random);
        return with(Arrays.copyOfRange(sound, head, sound.length), 0, first);
    }

    private static int length(byte[] bytes, int from, Random random) {
        return 1 + random.nextInt(Math.min(LONGEST_BLOCK, bytes.length - from));
    }

    private static byte[] without(byte[] bytes, int from, int to) {
        byte[] left = Arrays.copyOf(bytes, bytes.length - (to - from));
        System.arraycopy(bytes, to, left, from, bytes.length - to);
        return left;
    }

    private static byte[] with(byte[] bytes, int at, byte[] more) {
        byte[] all = Arrays.copyOf(bytes, bytes.length + more.length);
        System.arraycopy(more, 0, all, at, more.length);
        System.arraycopy(bytes, at, all, at + more.length, bytes.length - at);
        return all;
    }
}
