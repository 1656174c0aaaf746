using SsaShare.Agreements;

namespace SsaShare.Exchange;

/// <summary>For one publication: why each record that goes out in no form stays. Of several reasons, the one that says most is kept.</summary>
/// <param name="size">Records of the publication.</param>
public sealed class WithheldReasons(int size)
{
    private readonly bool[] _given = new bool[size];
    private ReleaseDecision[]? _why;

    /// <summary>The record goes out in some form.</summary>
    internal void Give(int index) => _given[index] = true;

    /// <summary>The record does not go out in one of the forms; they are asked about in the agreement's order.</summary>
    internal void Withhold(int index, ReleaseDecision decision)
    {
        _why ??= new ReleaseDecision[size];
        if (Weight(decision.Reason) > Weight(_why[index].Reason)) _why[index] = decision;
    }

    /// <summary>What says most of those that were told; default when none was.</summary>
    internal ReleaseDecision Why(int index) => _why is null ? default : _why[index];

    /// <summary>Counts the records that go out in no form.</summary>
    internal void AddTo(Dictionary<(ClauseId?, WithholdReason), int> counts)
    {
        if (_why is null) return;
        for (int i = 0; i < size; i++)
        {
            if (_given[i]) continue;
            var key = (_why[i].Clause, _why[i].Reason);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
    }

    // That another lane gives the record says more than that this clause or that one does not.
    private static int Weight(WithholdReason reason) => reason switch
    {
        WithholdReason.None => 0,
        WithholdReason.GivenInFinerForm => 1,
        WithholdReason.NotGranted => 2,
        WithholdReason.NotYetDue => 4,
        WithholdReason.GivenBefore => 5,
        _ => 3,
    };
}
