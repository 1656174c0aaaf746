namespace SsaShare.Node;

/// <summary>One answer on its way: waiting for news it takes no place, composed it takes one of few, written it counts with its bytes. Used by one call.</summary>
public sealed class AnswerPlace : IDisposable
{
    private readonly AnswerPlaces _places;
    private readonly string _reader;
    private bool _composes;
    private int _bytes;

    internal AnswerPlace(AnswerPlaces places, string reader) => (_places, _reader) = (places, reader);

    /// <summary>Waits for its turn to be composed; a long one, which comes here again and again, stands at the end of the line each time.</summary>
    public async Task ComposeAsync(CancellationToken cancellationToken)
    {
        Rest();
        await _places.EnterAsync(_reader, cancellationToken);
        _composes = true;
    }

    /// <summary>There is nothing to compose just now.</summary>
    public void Rest()
    {
        if (!_composes) return;
        _composes = false;
        _places.Leave(_reader, 0);
    }

    /// <summary>How many records to read for an answer that fits into the reader's share, as the last ones were.</summary>
    public int RecordsMax(int asked) => _places.RecordsMax(asked);

    /// <summary>Composed: so many bytes are under way until this is disposed.</summary>
    internal void Write(int bytes, int records)
    {
        if (!_composes) throw new InvalidOperationException("The answer has no place.");
        _composes = false;
        _bytes = bytes;
        if (records > 0) _places.Note(bytes / (double)records);
        _places.Leave(_reader, bytes);
    }

    public void Dispose()
    {
        Rest();
        if (_bytes > 0) _places.Taken(_reader, _bytes);
        _bytes = 0;
    }
}
