using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>How a partner passes on what another, or itself, has sent.</summary>
/// <param name="From">Whose; its own for repetitions.</param>
/// <param name="Share">Of the tracklets, 0 to 1.</param>
/// <param name="DelayMinSeconds">Shortest delay.</param>
/// <param name="DelayMaxSeconds">Longest delay.</param>
/// <remarks>What is passed on has the same figures and time tags, bit for bit, unless <see cref="TimeTagShiftSeconds"/> forges the tags.</remarks>
/// <exception cref="ArgumentException">The delays are negative or in the wrong order.</exception>
public sealed record SimulatedRelay(PartnerId From, double Share, double DelayMinSeconds, double DelayMaxSeconds)
{
    /// <summary>Longest delay.</summary>
    public double DelayMaxSeconds { get; } = DelayMinSeconds >= 0 && DelayMaxSeconds >= DelayMinSeconds
        ? DelayMaxSeconds : throw new ArgumentException($"Expected delays from 0 s on, got {DelayMinSeconds} to {DelayMaxSeconds}.", nameof(DelayMaxSeconds));

    /// <summary>Whether it gives the sensors names of its own, as if they were its. Default: no.</summary>
    public bool RenamesSensors { get; init; }

    /// <summary>Added to the time tags: old observations passed off as new. Default 0.</summary>
    public double TimeTagShiftSeconds { get; init; }

    /// <summary>It does so from this instant on; null for always.</summary>
    public Epoch? Since { get; init; }
}

/// <summary>A partner: its sensors, and what it passes on.</summary>
public sealed record SimulatedPartner(PartnerId Id, IReadOnlyList<SimulatedSensor> Sensors)
{
    public IReadOnlyList<SimulatedRelay> Relays { get; init; } = [];
}

/// <summary>All partners, and how they label what they see.</summary>
/// <exception cref="ArgumentException">Two partners have one name, two sensors one key, or a relay names nobody.</exception>
public sealed record SimulatedNetwork
{
    public SimulatedNetwork(IReadOnlyList<SimulatedPartner> partners)
    {
        var names = partners.Select(partner => partner.Id).ToHashSet();
        if (names.Count != partners.Count) throw new ArgumentException("Two partners have the same name.", nameof(partners));
        if (partners.SelectMany(partner => partner.Sensors).GroupBy(sensor => sensor.Declared.Key).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Two sensors are {twice.Key}.", nameof(partners));
        if (partners.SelectMany(partner => partner.Relays).FirstOrDefault(relay => !names.Contains(relay.From)) is { } relay)
            throw new ArgumentException($"There is no partner {relay.From} to pass on.", nameof(partners));
        Partners = [.. partners];
    }

    public IReadOnlyList<SimulatedPartner> Partners { get; }

    /// <summary>Share of tracklets that carry a label. Default 0: stripped.</summary>
    public double LabelShare { get; init; }

    /// <summary>Share of the labels that name another object. Default 0.</summary>
    public double WrongLabelShare { get; init; }

    /// <summary>How often an observation is passed on at most: relays of relays, loops. Default 2.</summary>
    public int RelayHops { get; init; } = 2;
}
