namespace SsaShare.Peering;

/// <summary>
/// How many records to ask for at a time: half as many after an answer that was longer than is taken or did not come in time, as over a
/// slow link, and gradually more again. Without it the same answer would fail for ever. Used by one loop.
/// </summary>
internal sealed class PullSize
{
    private const int StepsBack = 16;
    private readonly int _most;

    public PullSize(int most) => Now = _most = most;

    public int Now { get; private set; }

    public void WasTooMuch() => Now = Math.Max(1, Now / 2);

    public void WasTaken() => Now = Math.Min(_most, Now + Math.Max(1, _most / StepsBack));
}
