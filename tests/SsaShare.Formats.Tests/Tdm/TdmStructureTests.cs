using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>Files that are not what they should be as a whole.</summary>
public sealed class TdmStructureTests
{
    private const string Good = "RANGE = 2020-01-01T00:00:59 900";

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\n")]
    [InlineData("hello")]
    [InlineData("CCSDS_OEM_VERS = 2.0\nMETA_START")]
    [InlineData("CCSDS_TDM_VERS = 3.0\nMETA_START")]
    [InlineData("<?xml version=\"1.0\"?><tdm/>")]
    [InlineData("META_START\nMETA_STOP")]
    public void Read_NotATrackingDataMessage_IsOneIssue(string text)
    {
        var (reader, items) = TestFiles.ReadTdm(text);

        Assert.Equal(IssueSeverity.Refused, Assert.Single(items).Issue?.Severity);
        Assert.False(reader.Summary.ReadToEnd);
    }

    [Theory]
    [InlineData("CCSDS_TDM_VERS = 2.0\nCREATION_DATE = x\nORIGINATOR = y\n", "no segment")]
    [InlineData("CCSDS_TDM_VERS = 2.0\nCREATION_DATE = x\nORIGINATOR = y\nMETA_START\nTIME_SYSTEM = UTC", "ends before its data")]
    public void Read_FileThatEndsTooSoon_SaysSo(string text, string reason)
        => Assert.Contains(reason, Assert.Single(TestFiles.ReadTdm(text).Items).Issue!.Reason, StringComparison.Ordinal);

    [Fact]
    public void Read_HeaderWithoutOriginator_IsNoticedAndRead()
    {
        var (reader, items) = TestFiles.ReadTdm(TdmText.Message(Good).Replace("ORIGINATOR = pacific\n", "ORIGIN = pacific\n", StringComparison.Ordinal));

        Assert.Equal(["ORIGIN", "ORIGINATOR"], items.Where(item => item.Issue is not null).Select(item => item.Issue!.Field));
        Assert.Equal(1, reader.Summary.Observations);
    }

    [Fact]
    public void Read_MissingDataStop_IsNoticedAndBothSegmentsKept()
    {
        string text = TdmText.Message(Good), second = text[text.IndexOf("META_START", StringComparison.Ordinal)..].Replace("00:00:59", "00:01:59", StringComparison.Ordinal);
        var (reader, items) = TestFiles.ReadTdm(text.Replace("DATA_STOP\n", "", StringComparison.Ordinal) + second);

        Assert.Equal((2, 1), (reader.Summary.Observations, reader.Summary.Issues));
        Assert.Contains("no DATA_STOP", Assert.Single(items, item => item.Issue is not null).Issue!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MetadataWithoutStop_RefusesThatSegmentAndReadsTheNext()
    {
        string text = TdmText.Message(Good);
        int meta = text.IndexOf("META_START", StringComparison.Ordinal);
        var (reader, items) = TestFiles.ReadTdm(text[..meta] + "META_START\nTIME_SYSTEM = UTC\n" + text[meta..]);

        Assert.Equal((2, 1, 1), (reader.Summary.Segments, reader.Summary.SegmentsRefused, reader.Summary.Observations));
        Assert.Contains("META_STOP", Assert.Single(items, item => item.Issue is not null).Issue!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LinesBetweenSegments_AreReportedOnce()
    {
        string text = TdmText.Message(Good), second = text[text.IndexOf("META_START", StringComparison.Ordinal)..].Replace("00:00:59", "00:01:59", StringComparison.Ordinal);
        var (reader, items) = TestFiles.ReadTdm(text + "stray\nstray\nCOMMENT not stray\n" + second);

        Assert.Equal("stray", Assert.Single(items, item => item.Issue is not null).Issue!.Value);
        Assert.Equal(2, reader.Summary.Observations);
    }

    [Fact]
    public void Read_ManyMegabytesWithoutALineEnd_IsRefusedInConstantMemory()
    {
        var reader = new TdmReader(new EndlessStream(200_000_000), new TdmReadOptions { FileName = "test.tdm", Now = TestFiles.Now });
        long before = GC.GetAllocatedBytesForCurrentThread();
        var items = reader.Read().ToList();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.All(items, item => Assert.Equal(IssueSeverity.Refused, item.Issue?.Severity));
        Assert.InRange(items.Count, 1, 2);
        Assert.InRange(allocated, 0, 1_000_000);
    }

    [Fact]
    public void Read_LongFile_KeepsNothingOfWhatItGave()
    {
        byte[] head = Encoding.ASCII.GetBytes(TdmText.Message(Good).Replace($"{Good}\nDATA_STOP\n", "", StringComparison.Ordinal));
        var reader = new TdmReader(new RepeatingStream(head, 300_000), new TdmReadOptions { FileName = "test.tdm", Now = TestFiles.Now });
        var samples = new List<WeakReference>();
        long count = 0;
        foreach (var item in reader.Read())
        {
            if (item.Observation is null || count++ % 1_000 != 0) continue;
            samples.Add(new WeakReference(item.Observation));
        }
        GC.Collect();

        Assert.Equal((299_999, 300), (count, samples.Count));
        Assert.InRange(samples.Count(sample => sample.IsAlive), 0, 2);
    }

    /// <summary>Bytes that never contain a line end.</summary>
    private sealed class EndlessStream(long length) : ReadOnlyStream
    {
        private long _left = length;

        public override int Read(byte[] buffer, int offset, int count)
        {
            int given = (int)Math.Min(count, _left);
            buffer.AsSpan(offset, given).Fill((byte)'A');
            _left -= given;
            return given;
        }
    }

    /// <summary>A head and then data lines of ever later epochs, not ending in DATA_STOP.</summary>
    private sealed class RepeatingStream(byte[] head, int lines) : ReadOnlyStream
    {
        private byte[] _pending = head;
        private int _position, _line;

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_position == _pending.Length)
            {
                if (_line == lines) return 0;
                var time = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(_line++);
                (_pending, _position) = (Encoding.ASCII.GetBytes($"RANGE = {time:yyyy-MM-dd'T'HH:mm:ss} 900\n"), 0);
            }
            int given = Math.Min(count, _pending.Length - _position);
            _pending.AsSpan(_position, given).CopyTo(buffer.AsSpan(offset));
            _position += given;
            return given;
        }
    }

    private abstract class ReadOnlyStream : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
