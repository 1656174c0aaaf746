using Microsoft.Extensions.Logging;
using SsaShare.Domain;
using SsaShare.Fusion;

namespace SsaShare.FusionService;

/// <summary>Feeds the engine; a record on which it fails is set aside, so that the others get in. Used by one thread at a time.</summary>
internal sealed class EngineFeed(FusionEngine engine, ILogger logger)
{
    /// <summary>Adds observations; where the engine fails, half of them, and so on down to the record that it fails on.</summary>
    public FeedTally Add(IReadOnlyList<ContributedObservation> batch, IReadOnlyDictionary<RecordId, ObjectId>? kept = null)
    {
        var tally = new FeedTally();
        // In order of time, so that a pass stays together in one of the halves.
        if (batch.Count > 0) Add([.. batch.OrderBy(one => one.Epoch)], kept, tally);
        return tally;
    }

    /// <summary>Tells the engine of another description; where it fails on that, the one before stays with the observations that are there.</summary>
    public FeedTally Describe(Sensor sensor)
    {
        var tally = new FeedTally();
        try
        {
            tally.Outcomes.Add(engine.Describe(sensor));
        }
        catch (Exception e) when (IsOfTheData(e))
        {
            FusionServiceLog.DescriptionSetAside(logger, sensor.Id, sensor.Owner, e);
        }
        return tally;
    }

    /// <summary>Takes records out, whatever happens; where the engine fails to associate the rest anew, that stands as it was.</summary>
    public FeedTally Remove(IReadOnlyCollection<RecordId> records)
    {
        var tally = new FeedTally();
        try
        {
            if (records.Count > 0) tally.Outcomes.Add(engine.Withdraw(records));
        }
        catch (Exception e) when (IsOfTheData(e))
        {
            FusionServiceLog.RemovingFailed(logger, records.Count, e);
        }
        return tally;
    }

    private void Add(ContributedObservation[] batch, IReadOnlyDictionary<RecordId, ObjectId>? kept, FeedTally tally)
    {
        try
        {
            tally.Outcomes.Add(engine.Add(batch, kept));
        }
        catch (Exception e) when (IsOfTheData(e))
        {
            if (batch is [var one])
            {
                FusionServiceLog.SetAside(logger, one.Record, one.Originator, e);
                return;
            }
            Add(batch[..(batch.Length / 2)], kept, tally);
            Add(batch[(batch.Length / 2)..], kept, tally);
        }
    }

    /// <summary>The engine does no I/O: what it throws comes from what it was given, unless memory ran out.</summary>
    private static bool IsOfTheData(Exception e) => e is not OutOfMemoryException;
}

/// <summary>What the engine said to some feeding.</summary>
internal sealed class FeedTally
{
    public List<AddOutcome> Outcomes { get; } = [];
    public int Accepted => Outcomes.Sum(outcome => outcome.Accepted);
    public int Duplicates => Outcomes.Sum(outcome => outcome.Duplicates);
    public int Associated => Outcomes.Sum(outcome => outcome.Associated.Count);
    public int NewObjects => Outcomes.Sum(outcome => outcome.NewObjects.Count);
    public IEnumerable<RefusedContribution> Refused => Outcomes.SelectMany(outcome => outcome.Refused);
}
