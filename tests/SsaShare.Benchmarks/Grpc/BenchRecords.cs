using Google.Protobuf;
using SsaShare.Benchmarks.Protocol;

namespace SsaShare.Benchmarks.Grpc;

/// <summary>Records of exactly <see cref="RecordBytes"/> bytes on the wire.</summary>
internal static class BenchRecords
{
    public const int RecordBytes = 248;

    private const int FirstIndex = 1_000; // Two bytes as a varint, as are all that follow up to 16,383.

    /// <param name="number">0 to 15,000; records of different numbers differ.</param>
    public static BenchRecord Create(int number)
    {
        var random = new Random(number);
        byte[] salt = new byte[16];
        byte[] payload = new byte[220];
        random.NextBytes(salt);
        random.NextBytes(payload);
        var record = new BenchRecord
        {
            Index = (uint)(FirstIndex + number),
            Salt = ByteString.CopyFrom(salt),
            RecordClass = 1,
            LabelIndex = 1,
        };
        int payloadBytes = RecordBytes - record.CalculateSize() - 3; // Tag and a two-byte length.
        record.Payload = ByteString.CopyFrom(payload, 0, payloadBytes);
        return record.CalculateSize() == RecordBytes
            ? record
            : throw new InvalidOperationException($"A record has {record.CalculateSize()} bytes, not {RecordBytes}.");
    }
}
