using System.Text;
using SsaShare.Exchange;

namespace SsaShare.Node.Tests;

/// <summary>A file of any length is read, refused in part, sealed, signed and handed to the store in the same memory: 50 MB here, 1 GB with SSA_NIGHTLY=1.</summary>
[Collection(nameof(Alone))]
public sealed class ConstantMemoryTests
{
    /// <summary>Above what the process held before the file came, bytes.</summary>
    private const long LiveBytesMax = 16L << 20;

    private static long FileBytes => Nightly.IsAsked ? 1L << 30 : 50L << 20;

    [Fact]
    public async Task Ingest_OfALongFile_HoldsNoMoreOfItThanOfAShortOne()
    {
        var store = new CountingStore();
        using var node = new IngestHarness(store);
        // The description itself goes where sensors are looked for.
        await new Publisher(node.Records, node.Atlantic.Partner, node.Atlantic.Identity.SigningKey, node.Time).PublishAsync(SensorRecord(node), CancellationToken.None);
        await node.IngestAsync(IngestHarness.Tdm("RADAR", 10));

        long before = GC.GetTotalMemory(forceFullCollection: true);
        await using var file = new EndlessTdm(FileBytes);
        var progress = new LastProgress();
        var outcome = await node.Desk.IngestAsync(new IngestFile(IngestSource.Cli, "long.tdm", IngestHarness.Label), file, progress, CancellationToken.None);

        Assert.Equal((file.Good, file.Bad, file.Length), (outcome.Accepted, outcome.Refused, outcome.Bytes));
        Assert.Equal(file.Good + 10, store.Count);
        Assert.InRange(outcome.Accepted, FileBytes / 60, FileBytes / 40);
        Assert.InRange(outcome.Refused, 100, 999);
        Assert.Equal(new IngestProgress(outcome.Bytes, outcome.Accepted, 0, outcome.Refused), progress.Last);
        Assert.InRange(progress.Count, (int)(outcome.Accepted / 10_000), int.MaxValue);
        TestContext.Current.TestOutputHelper?.WriteLine($"{FileBytes >> 20} MiB, {outcome.Accepted:N0} records; live memory at most {(file.LiveMax - before) >> 20} MiB more");
        Assert.InRange(file.LiveMax - before, long.MinValue, LiveBytesMax);
    }

    private static IAsyncEnumerable<SealedRecord> SensorRecord(IngestHarness node)
    {
        var sensor = SsaShare.Formats.SensorFile.Read(Encoding.UTF8.GetBytes(IngestHarness.Sensor("RADAR")), "radar.json", [])!;
        return new[] { SsaShare.Protocol.RecordFactory.Seal(sensor, SsaShare.Protocol.LabelCodec.Seal(IngestHarness.Label), SsaShare.Domain.Epoch.J2000) }.ToAsyncEnumerable();
    }

    private sealed class LastProgress : IProgress<IngestProgress>
    {
        public IngestProgress Last { get; private set; }
        public int Count { get; private set; }

        public void Report(IngestProgress value) => (Last, Count) = (value, Count + 1);
    }

    /// <summary>Counts what it is given and forgets it.</summary>
    private sealed class CountingStore : IPublicationStore
    {
        public long Count { get; private set; }

        public Task<bool> TryAppendAsync(IReadOnlyList<Publication> publications, CancellationToken cancellationToken)
        {
            Count += publications.Sum(publication => publication.Records.Count);
            return Task.FromResult(true);
        }

        public Task<IReadOnlySet<SsaShare.Domain.RecordId>> FindKnownAsync(IReadOnlyCollection<SealedRecord> records, CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlySet<SsaShare.Domain.RecordId>>(new HashSet<SsaShare.Domain.RecordId>());
    }

    /// <summary>A message made while it is read: a range every 10 ms, now and then one that is none. Looks at what is alive eight times on the way.</summary>
    private sealed class EndlessTdm(long bytes) : Stream
    {
        private readonly byte[] _buffer = new byte[256];
        private int _start, _end;
        private long _given, _nextLook = bytes / 8, _line;
        private bool _hasHead, _hasEnd;

        public long Good { get; private set; }
        public long Bad { get; private set; }
        public long LiveMax { get; private set; }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => _given;
        public override long Position { get => _given; set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            int count = 0;
            while (count < buffer.Length && Refill())
            {
                int taken = Math.Min(buffer.Length - count, _end - _start);
                _buffer.AsSpan(_start, taken).CopyTo(buffer[count..]);
                (_start, count) = (_start + taken, count + taken);
            }
            _given += count;
            if (_given >= _nextLook)
            {
                _nextLook += bytes / 8;
                LiveMax = Math.Max(LiveMax, GC.GetTotalMemory(forceFullCollection: true));
            }
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));
        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer.AsSpan(offset, count)));
        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private bool Refill()
        {
            if (_start < _end) return true;
            if (!_hasHead)
            {
                _hasHead = true;
                return Put($"CCSDS_TDM_VERS = 2.0\nCREATION_DATE = 2026-01-01T00:00:00\nORIGINATOR = atlantic\n{IngestHarness.Metadata("RADAR")}");
            }
            if (_given >= bytes)
            {
                if (_hasEnd) return false;
                _hasEnd = true;
                return Put("DATA_STOP\n");
            }
            bool isBad = ++_line % (bytes / 20_000) == 0;
            (Good, Bad) = isBad ? (Good, Bad + 1) : (Good + 1, Bad);
            var time = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddTicks(100_000 * _line);
            return Put($"RANGE = {time:yyyy-MM-dd'T'HH:mm:ss.ff} {(isBad ? "far" : "12345.678")}\n");
        }

        private bool Put(string text)
        {
            (_start, _end) = (0, Encoding.ASCII.GetBytes(text, _buffer));
            return true;
        }
    }
}
