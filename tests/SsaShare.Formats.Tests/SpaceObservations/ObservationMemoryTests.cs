using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>However long a file is, the memory of its reader stays the same. Alone, since other tests take memory too.</summary>
[Collection(nameof(Alone))]
public sealed class ObservationMemoryTests
{
    private const long Bytes = 15_000_000;

    [Theory]
    [InlineData("b3", "", "U2355893296349010430000605365 1252215 43431001 0017910 -0440 -9728 00000  4 3   00000\n")]
    [InlineData("iod", "", "23794 96 010A   2701 G 20040506012614270 17 25 1100114-184298 38 I+020 10\n")]
    [InlineData("rde", "2420 1909 0.211 1204\n28\n", "0502402 184758.93 193923+452358 3.1 3.1 0 S\n")]
    [InlineData("crd", "H1 CRD 2 2018 2 1 17\nH2 CHAL 9998 19 1 4 WPLTN\nH3 lageos2 9207002 5986 22195 0 1 1\nH4 0 2018 2 1 23 14 58 2018 2 2 0 48 57 0 0 0 0 1 0 2 0\n", "10 84000.5 0.044106029140 std 2 2 0 0 na na\n")]
    [InlineData("crd", "H1 CRD 2 2018 2 1 17\nH2 CHAL 9998 19 1 4 WPLTN\nH3 lageos2 9207002 5986 22195 0 1 1\nH4 9 2018 2 1 23 14 58 2018 2 2 0 48 57 0 0 0 0 1 0 2 0\n", "10 84000.5 0.044106029140 std 2 2 0 0 na na\n")]
    [InlineData("ssa-jsonl", "", "{\"ssa_observation\":1,\"time\":\"2024-02-29T12:00:00Z\",\"station\":\"932\",\"range_km\":1500}\n")]
    public void LongFile_IsReadInTheMemoryOfAShortOne(string name, string head, string line)
    {
        var format = SpaceObservationFormats.All.Single(format => format.Name == name);
        using var stream = new RepeatedStream(Encoding.ASCII.GetBytes(head), Encoding.ASCII.GetBytes(line), Bytes);
        long before = GC.GetTotalMemory(forceFullCollection: true), most = 0, count = 0;
        foreach (var item in format.Open!(stream, new FormatReadOptions { FileName = "long", Now = TestFiles.Now, KeepsRefused = true }).Read())
        {
            if (item.Value is not null && ++count % 20_000 == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }
        most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        Assert.InRange(most, long.MinValue, 8_000_000);
        Assert.True(stream.IsRead);
    }

    /// <summary>A beginning, and then one line again and again.</summary>
    private sealed class RepeatedStream(byte[] head, byte[] line, long length) : MemoryStream
    {
        private long _at;

        public bool IsRead => _at >= length;

        public override int Read(byte[] buffer, int offset, int count)
        {
            int given = 0;
            for (; given < count && _at < length; given++, _at++) buffer[offset + given] = _at < head.Length ? head[_at] : line[(_at - head.Length) % line.Length];
            return given;
        }
    }
}
