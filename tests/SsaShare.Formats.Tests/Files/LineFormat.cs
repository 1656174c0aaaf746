using System.Text;

namespace SsaShare.Formats.Tests.Files;

/// <summary>A format whose values are the lines as they stand: for tests of what lies below all formats.</summary>
internal sealed class LineFormat : ILineParser
{
    public static readonly FileFormat<string> Lines = new("lines", "Lines", ".txt", _ => Recognition.Possible) { Open = (stream, options) => new LineFormat(stream, options)._reader };

    private readonly List<FormatItem<string>> _items = [];
    private readonly Reader _reader;

    private LineFormat(Stream stream, FormatReadOptions options) => _reader = new Reader(new LineReader<FormatItem<string>>(stream, options.MaxLineBytes, this, _items));

    public bool IsStopped => false;

    public static FormatReadOptions Options(ReadMode mode = ReadMode.Strict) => new() { FileName = "test.txt", Now = TestFiles.Now, Mode = mode };

    /// <summary>Sync and async, which give the same.</summary>
    public static async Task<List<FormatItem<string>>> ReadBoth(byte[] bytes, FormatSourceOptions? options = null)
    {
        using var source = FormatSource.Open(new MemoryStream(bytes), options);
        List<FormatItem<string>> items = [.. source.Read(Lines, Options()).Read()];
        await using var dripping = new DrippingStream(bytes);
        using var other = await FormatSource.OpenAsync(dripping, options);
        var waited = new List<FormatItem<string>>();
        await foreach (var item in other.Read(Lines, Options()).ReadAsync()) waited.Add(item);
        // How much comes before damage is found depends on the pieces in which the file comes.
        if (items is [.., { Issue: { } issue }]) Assert.Equal(issue.Reason, waited[^1].Issue?.Reason);
        else Assert.Equal(items, waited);
        return items;
    }

    public void Line(ReadOnlySpan<byte> line, long number) => _items.Add(FormatItem.Of(Encoding.UTF8.GetString(line), number));

    public void TooLong(ReadOnlySpan<byte> head, long number) => Line(head[..10], number);

    public void Complete(long lines)
    {
    }

    private sealed class Reader(LineReader<FormatItem<string>> lines) : IFormatReader<string>
    {
        public IEnumerable<FormatItem<string>> Read() => lines.Read();

        public IAsyncEnumerable<FormatItem<string>> ReadAsync(CancellationToken cancellationToken = default) => lines.ReadAsync(cancellationToken);
    }
}

/// <summary>Gives what it holds in pieces of changing, often tiny size, as a network may.</summary>
internal sealed class DrippingStream(byte[] bytes) : ReadOnlyStream
{
    private int _given, _turn;

    public override int Read(Span<byte> buffer)
    {
        int size = ++_turn % 3 == 0 ? 1 : _turn % 5 == 0 ? 5_003 : 16_384;
        int count = Math.Min(Math.Min(size, buffer.Length), bytes.Length - _given);
        bytes.AsSpan(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        return Read(buffer.Span);
    }
}
