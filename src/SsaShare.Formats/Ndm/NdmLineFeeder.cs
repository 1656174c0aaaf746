namespace SsaShare.Formats;

/// <summary>Gives what XML or JSON says to a parser of KVN, as the lines that it stands for, each with the line that it has in the file. Used by one thread at a time.</summary>
internal sealed class NdmLineFeeder : INdmSink
{
    private readonly INdmLineParser _parser;
    private readonly string[] _kinds;
    private readonly NdmKvnLines _lines;
    private bool _isInMessage, _isPassingOver;

    /// <param name="kinds">Messages that the parser reads; others are told of and passed over.</param>
    public NdmLineFeeder(INdmLineParser parser, int maxLineBytes, string[] kinds)
    {
        (_parser, _kinds) = (parser, kinds);
        _lines = new NdmKvnLines((line, source) =>
        {
            if (line.Length > maxLineBytes) parser.TooLong(line[..maxLineBytes], source);
            else parser.Line(line, source);
        });
    }

    public bool IsStopped => _parser.IsStopped;

    public void Event(NdmEvent one)
    {
        if (one.Kind == NdmEventKind.MessageStart)
        {
            _isPassingOver = !_kinds.Contains(one.Name);
            _isInMessage = true;
            if (_isPassingOver) _parser.Fault(one.Line, one.Name, one.Text, "not a message that is taken here", $"send {string.Join(" or ", _kinds.Select(kind => kind.ToUpperInvariant()))} in a file of its own");
        }
        if (_isInMessage && !_isPassingOver) Give(one);
        if (one.Kind != NdmEventKind.MessageEnd) return;
        if (!_isPassingOver) _parser.MessageEnded();
        (_isInMessage, _isPassingOver) = (false, false);
    }

    public void Fault(NdmScope scope, long line, int column, string field, string value, string reason, string remedy)
    {
        if (!_isPassingOver) _parser.Fault(line, field, Shown(value), reason, remedy);
    }

    public void Stop(long line, int column, string field, string value, string reason, string remedy) => _parser.Break(line, field, Shown(value), reason, remedy);

    public void Complete(long line) => _parser.Complete(line);

    private void Give(NdmEvent one)
    {
        // A line end in a text would begin another line.
        if (one.Text.AsSpan().ContainsAny('\n', '\r')) _parser.Fault(one.Line, one.Name, Shown(one.Text), "a line end in a text", "remove it");
        else _lines.Event(one);
    }

    private static string Shown(string text) => ReadIssue.Show(System.Text.Encoding.UTF8.GetBytes(text));
}
