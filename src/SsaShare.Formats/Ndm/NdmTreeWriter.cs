namespace SsaShare.Formats;

/// <summary>
/// What XML and JSON have in common: one root. The first message is kept back, up to a limit, until it is clear whether there is another and both must stand in a
/// combined message. Used by one thread at a time.
/// </summary>
internal abstract class NdmTreeWriter(Stream stream, FormatWriteOptions options, string? only) : NdmWriter(options, only)
{
    private const int HeldMax = 20_000;
    private readonly List<NdmEvent> _held = [];
    private bool? _isCombined;
    private int _messages;

    protected Stream Stream => stream;

    public override void Complete()
    {
        // A file without a message is a combined one without any.
        if (_isCombined is null) Decide(_messages == 0);
        Finish();
        stream.Flush();
    }

    protected override ReadIssue? Cannot(NdmEvent one)
    {
        if (one.Kind != NdmEventKind.MessageStart || _isCombined is not false || _messages == 0) return null;
        return Refused(one, one.Name, $"a second message after one of more than {HeldMax} lines, which stands alone", "write them to files of their own, or combine them in an ndm");
    }

    protected override void Put(NdmEvent one)
    {
        if (one.Kind == NdmEventKind.MessageStart) _messages++;
        if (_isCombined is null)
        {
            bool isCombined = _messages > 1 || IsOfFile(one) || (_messages == 0 && one.Kind is NdmEventKind.Comment or NdmEventKind.Field);
            if (isCombined || _held.Count == HeldMax) Decide(isCombined);
        }
        if (IsOfFile(one)) return;
        if (_isCombined is null) _held.Add(one);
        else Element(one);
    }

    /// <summary>Writes what stands before the first message.</summary>
    protected abstract void Begin(bool isCombined);

    protected abstract void Element(NdmEvent one);

    /// <summary>Writes what stands after the last message.</summary>
    protected abstract void Finish();

    private void Decide(bool isCombined)
    {
        _isCombined = isCombined;
        Begin(isCombined);
        foreach (var one in _held) Element(one);
        _held.Clear();
    }
}
