using System.CommandLine;
using SsaShare.Domain;
using SsaShare.Formats;
using SsaShare.Orbits;

namespace SsaShare.Cli;

/// <summary>Reads what a fit needs, and tells on standard error what is wrong with it.</summary>
internal sealed class OdInput(FormatInput input, OdOptions options, EarthRotation rotation)
{
    private const string AnyObject = "any";
    private const int IssuesTold = 20;

    private readonly ObservedObjects _objects = new();
    private long _refused, _told, _untold;

    /// <summary>All files are there.</summary>
    public bool IsThere { get; private set; } = true;

    /// <summary>Nothing was refused.</summary>
    public bool IsComplete => _refused == 0;

    /// <summary>The object's tag in the observations.</summary>
    public string Id { get; private set; } = "object";

    /// <returns>Null where none is named.</returns>
    /// <exception cref="InvalidDataException">The file has no orbit, or several.</exception>
    public async Task<OrbitState?> PriorAsync(ParseResult parsed)
    {
        if (options.PriorFile(parsed) is not { } path) return null;
        await using var stream = File.OpenRead(path);
        using var source = FormatSource.Open(stream);
        var format = FormatCatalog.Default.Recognise(source, path, out var unknown) ?? throw new InvalidDataException(FormatText.Line(unknown!));
        var read = new FormatReadOptions { FileName = path, Now = Utc.FromDateTime(TimeProvider.System.GetUtcNow()), Mode = ReadMode.Lenient, TakesWrongChecksums = true };
        var starts = new List<OrbitStart>();
        foreach (var found in OrbitInput.Read(new FormatInputFile(path, stream, source, format, read, stream.Length)))
        {
            if (found.Issue is { Severity: IssueSeverity.Refused } issue) throw new InvalidDataException(FormatText.Line(issue));
            if (found.Start is { } start) starts.Add(start);
        }
        if (starts.Count != 1) throw new InvalidDataException($"{path}: has {starts.Count} orbits; give a file with the one to begin from");
        if (starts[0].State is { } state) return state;
        var mean = new Sgp4Propagator(starts[0].Elements!).Propagate(0.0);
        return mean.IsValid
            ? new OrbitState(starts[0].Id, new CartesianState(starts[0].Epoch, Frame.Teme, mean.PositionKm, mean.VelocityKmPerS), null)
            : throw new InvalidDataException($"{path}: {starts[0].Id}: SGP4 error {(int)mean.Error}: {mean.Error.Describe()}");
    }

    /// <summary>Of one object, within the times asked for, ascending.</summary>
    /// <exception cref="InvalidDataException">Nothing can be used.</exception>
    /// <exception cref="FormatException">They are of several objects, and none was chosen.</exception>
    public async Task<IReadOnlyList<TrackingObservation>> ObservationsAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var tracking = new TrackingInput(SensorPlaces.Read(options.SensorsFile(parsed), rotation), Tell);
        string? wanted = options.Object(parsed);
        var all = new List<TrackingObservation>();
        foreach (string one in input.Files(parsed))
        {
            await using var file = input.Open(parsed, one, Tell, out bool isThere);
            IsThere &= isThere;
            if (file is null) continue;
            foreach (var read in ObservationFiles.Read(file, Tell))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (read.Record.Time is { } time && !options.IsWithin(parsed, time.Epoch)) continue;
                if (wanted is not (null or AnyObject) && read.Record.HasMeasurement && !ObservedObjects.Is(read.Record.Target, wanted)) continue;
                if (tracking.Interpret(read) is not { } observation) continue;
                _objects.Add(read.Record.Target);
                all.Add(observation);
            }
        }
        if (_untold > 0) Console.Error.WriteLine($"and {_untold:N0} more of the kind; 'ssa validate' tells what is wrong with a file");
        if (tracking.Unknown.Count > 0)
        {
            string unknown = $"{options.SensorsFile(parsed)} has no sensor {string.Join(", ", tracking.Unknown.Select(sensor => $"'{sensor.Key}' ({sensor.Value.Count:N0} observations, first at {sensor.Value.Place})"))}; describe it there.";
            if (all.Count == 0) throw new InvalidDataException(unknown);
            // The rest may do; that something is missing shows in the exit code.
            Console.Error.WriteLine($"{unknown} Its observations are left out.");
            _refused += tracking.Unknown.Values.Sum(one => one.Count);
        }
        if (_objects.Count > 1 && wanted is null)
            throw new FormatException($"The observations are of {_objects.Count:N0} objects ({string.Join(", ", _objects.Names.Take(5))}{(_objects.Count > 5 ? " ..." : "")}); choose one with --object, or take them as one with --object any.");
        if (all.Count == 0 && IsThere) throw new InvalidDataException("There are no observations that can be used between --start and --stop.");
        Id = wanted is not (null or AnyObject) ? wanted : _objects.Names.FirstOrDefault() is { Length: > 0 } first ? first : "object";
        return [.. all.OrderBy(one => one.Epoch)];
    }

    private void Tell(ReadIssue issue)
    {
        if (issue.Severity == IssueSeverity.Refused) _refused++;
        if (_told++ < IssuesTold || issue.Severity == IssueSeverity.Refused && _refused <= IssuesTold) Console.Error.WriteLine(FormatText.Line(issue));
        else _untold++;
    }
}
