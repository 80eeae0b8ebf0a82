package dev.gatun.formats.tensors;

/**
 * What can be wrong with a safetensors file, in the order in which it is looked for: the first one found is reported.
 * The order is that of the reference reader, {@code Metadata::validate} in {@code safetensors/src/tensor.rs}.
 */
public enum SafetensorsProblem {
    /** Missing, a folder, not allowed, or the disk failed. */
    UNREADABLE,
    /** Not even the 8 bytes of the header's length. */
    TOO_SHORT,
    /** The unsigned length of the header does not fit 63 bits. */
    HEADER_LENGTH_OVERFLOW,
    /** The header is longer than {@link Safetensors#LONGEST_HEADER}. */
    HEADER_TOO_LARGE,
    /** The header is said to end behind the end of the file. */
    HEADER_OUTSIDE_FILE,
    /** The header is not UTF-8. */
    HEADER_NOT_UTF8,
    /** The header is not one JSON object. */
    HEADER_NOT_JSON,
    /** A key stands twice in one object, so that two readers could see two files. */
    DUPLICATE_KEY,
    /** More than 262,144 tensors or keys of metadata, which only a hostile header has. */
    TOO_MANY_ENTRIES,
    /** {@code __metadata__} is not a map of strings. */
    METADATA_NOT_STRINGS,
    /** An entry lacks dtype, shape or data_offsets, or one of them is of another kind. */
    BAD_ENTRY,
    /** Bytes between two tensors belong to neither. */
    HOLE,
    /** A tensor begins before the one in front of it ends. */
    OVERLAP,
    /** A tensor ends before it begins. */
    END_BEFORE_BEGIN,
    /** The product of the sizes does not fit 63 bits. */
    ELEMENTS_OVERFLOW,
    /** The product of the sizes and the bits of one element does not fit 63 bits. */
    BITS_OVERFLOW,
    /** Elements of less than a byte that do not fill the last byte. */
    NOT_WHOLE_BYTES,
    /** The bytes given to a tensor are not those its dtype and shape need. */
    SPAN_MISMATCH,
    /** The file ends before its last tensor does: an interrupted download or copy. */
    TRUNCATED,
    /** Bytes behind the last tensor. */
    TRAILING_BYTES,

    /** The file is fine, but has no tensor of the name asked for. */
    NO_SUCH_TENSOR,
    /** The file is fine, but the tensor asked for is of a dtype that is not read as numbers. */
    UNSUPPORTED_DTYPE,
    /** The file is fine, but whole numbers of 32 bits were asked for, and the tensor holds others. */
    NOT_WHOLE,
    /** The file is fine, but the tensor asked for does not fit a Java array. */
    TOO_LARGE_FOR_HEAP,
    /** The file was shortened by another process while it was open. */
    CHANGED_WHILE_OPEN
}
