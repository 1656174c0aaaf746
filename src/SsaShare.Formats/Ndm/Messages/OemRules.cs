namespace SsaShare.Formats;

/// <summary>Ephemerides go forward in time within the span that their metadata tell: 502.0-B-3 section 5.2.</summary>
internal sealed class OemRules : NdmRules
{
    private NdmTime? _start, _stop, _last;
    private string _lastLine = "";
    private bool _interpolates, _hasDegree;

    public override void Started(NdmBlock block)
    {
        if (block.Name == "segment") (_start, _stop, _last, _interpolates, _hasDegree) = (null, null, null, false, false);
    }

    public override NdmFault? Field(NdmBlock block, NdmKeyword keyword, NdmEvent one)
    {
        if (block.Name != "metadata") return null;
        _interpolates |= keyword.Name == "INTERPOLATION";
        _hasDegree |= keyword.Name == "INTERPOLATION_DEGREE";
        if (keyword.Type != NdmType.Epoch || keyword.Name == "REF_FRAME_EPOCH" || NdmTime.Read(one.Text, out var time) is not null) return null;
        if (keyword.Name == "START_TIME") _start = time;
        if (keyword.Name == "STOP_TIME") _stop = time;
        return _start > time ? new NdmFault(one.Name, one.Text, "before START_TIME", "correct one of them") : null;
    }

    public override NdmFault? Row(NdmBlock block, NdmEvent one)
    {
        if (block.Rows != NdmRowStyle.StateVector || NdmTime.Read(one.Text.AsSpan(0, one.Text.IndexOf(' ', StringComparison.Ordinal)), out var time) is not null) return null;
        string Epoch() => one.Text[..one.Text.IndexOf(' ', StringComparison.Ordinal)];
        if (_last is { } last && time <= last)
            return new NdmFault("EPOCH", Epoch(), one.Text == _lastLine ? "the line is there twice" : "not after the line before it", "give the ephemeris in order, each epoch once", IsForbidden: one.Text == _lastLine);
        (_last, _lastLine) = (time, one.Text);
        if (_start > time) return new NdmFault("EPOCH", Epoch(), "before START_TIME", "correct one of them", IsForbidden: true);
        return _stop < time ? new NdmFault("EPOCH", Epoch(), "after STOP_TIME", "correct one of them", IsForbidden: true) : null;
    }

    public override NdmFault? Ended(NdmBlock block, bool hasRows, NdmEvent start) => block.Name switch
    {
        "metadata" when _interpolates && !_hasDegree => new NdmFault("INTERPOLATION_DEGREE", "", "missing although INTERPOLATION is given", "add it", IsForbidden: true),
        "data" when !hasRows => new NdmFault("data", "", "no ephemeris", "give at least one line, or leave the segment out"),
        _ => null,
    };
}
