using System.Collections.Immutable;
using SsaShare.Domain;

namespace SsaShare.Agreements;

/// <summary>Which grants release in which form and at which age of the record, as bits; bit i is grant i. Immutable.</summary>
internal sealed class FormIndex
{
    // Epochs are moved by noise of half a step and by rounding: beyond eight steps is beyond fifteen sigma.
    public const double EpochSlackSteps = 8;

    private readonly TimeSpan[] _delays;
    private readonly (bool RemovesTag, long EpochSlackNanoseconds)[] _hides;
    private readonly ulong[][][] _due;       // [form][delay]
    private readonly ulong[][][][] _finer;   // [class][form][delay]

    /// <param name="grants">Sorted as the bits are.</param>
    /// <param name="profiles">Those of the agreement.</param>
    public FormIndex(IReadOnlyList<Grant> grants, IEnumerable<DegradationProfile> profiles)
    {
        var used = profiles.Where(profile => grants.Any(grant => grant.Degradation == profile.Id)).Order(Comparer<DegradationProfile>.Create(Rank)).ToList();
        Forms = [ReleaseForm.Full, .. used.Select(profile => ReleaseForm.Degraded(profile.Id))];
        Delays = [.. grants.Select(grant => grant.Delay).Append(TimeSpan.Zero).Distinct().Order()];
        _delays = [.. Delays];
        _hides = [(false, 0), .. used.Select(profile => (profile.Removes(RemovedField.ObjectTag), (long)((profile.Figures.EpochStepS ?? 0) * EpochSlackSteps * 1e9)))];
        _due = [.. Forms.Select(form => _delays.Select(delay => Bits(grants, grant => grant.Form == form && grant.Delay <= delay)).ToArray())];
        _finer = [.. Enumerable.Range(0, ProfileReach.Classes.Max(one => (int)one) + 1).Select(number => Finer(used, (RecordClass)number))];
    }

    /// <summary>In full first, then by profile in the order of their figures.</summary>
    public ImmutableArray<ReleaseForm> Forms { get; }

    /// <summary>Ascending; begins with zero.</summary>
    public ImmutableArray<TimeSpan> Delays { get; }

    /// <returns>-1 when no grant releases in the form.</returns>
    public int IndexOf(ReleaseForm form)
    {
        if (form.IsFull) return 0;
        for (int i = 1; i < Forms.Length; i++)
            if (Forms[i] == form) return i;
        return -1;
    }

    /// <summary>Whether a record in the form has no tag, and how far its epoch may have been moved.</summary>
    public (bool RemovesTag, long EpochSlackNanoseconds) Hides(int form) => _hides[form];

    /// <summary>The last delay that is over at an age; -1 for a negative age.</summary>
    public int DelayIndex(TimeSpan age)
    {
        int last = -1;
        while (last + 1 < _delays.Length && _delays[last + 1] <= age) last++;
        return last;
    }

    /// <summary>The grants that release in the form once the delay is over.</summary>
    public ReadOnlySpan<ulong> Due(int form, int delay) => _due[form][delay];

    /// <summary>The grants that release in the form at any age.</summary>
    public ReadOnlySpan<ulong> Ever(int form) => _due[form][^1];

    /// <summary>The grants that release records of the class in a finer form once the delay is over.</summary>
    public ReadOnlySpan<ulong> Finer(RecordClass recordClass, int form, int delay)
        => (uint)recordClass < (uint)_finer.Length ? _finer[(int)recordClass][form][delay] : _finer[0][form][delay];

    /// <summary>For each form and delay, the grants due in any form that is finer for records of the class.</summary>
    private ulong[][][] Finer(List<DegradationProfile> used, RecordClass recordClass)
    {
        var finer = new ulong[Forms.Length][][];
        for (int form = 0; form < Forms.Length; form++)
        {
            finer[form] = [.. _due[form].Select(grants => new ulong[grants.Length])];
            for (int other = 0; other < Forms.Length; other++)
                if (form > 0 && (other == 0 || IsFiner(used[other - 1], used[form - 1], recordClass)))
                    for (int delay = 0; delay < _delays.Length; delay++)
                        for (int w = 0; w < finer[form][delay].Length; w++) finer[form][delay][w] |= _due[other][delay][w];
        }
        return finer;
    }

    private static bool IsFiner(DegradationProfile profile, DegradationProfile than, RecordClass recordClass)
        => profile.Id != than.Id && ProfileReach.Reaches(profile, recordClass)
            && ProfileReach.Compare(profile, than, recordClass) is { } sign && (sign < 0 || (sign == 0 && profile.Id < than.Id));

    private static ulong[] Bits(IReadOnlyList<Grant> grants, Func<Grant, bool> holds)
    {
        ulong[] bits = new ulong[ClauseBits.Words(grants.Count)];
        for (int i = 0; i < grants.Count; i++)
            if (holds(grants[i])) ClauseBits.Set(bits, i);
        return bits;
    }

    private static int Rank(DegradationProfile a, DegradationProfile b)
    {
        foreach (var figure in Enum.GetValues<DegradedFigure>())
            if ((a.Figures[figure] ?? 0).CompareTo(b.Figures[figure] ?? 0) is var sign && sign != 0) return sign;
        int removed = a.Remove.Length.CompareTo(b.Remove.Length);
        return removed != 0 ? removed : a.Id.CompareTo(b.Id);
    }
}
