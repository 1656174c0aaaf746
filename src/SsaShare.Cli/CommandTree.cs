using System.CommandLine;

namespace SsaShare.Cli;

/// <summary>Every word that `ssa` knows.</summary>
internal static class CommandTree
{
    public static RootCommand Create() => new("SsaShare: nodes of partners that share space situational awareness data under signed agreements.")
    {
        NodeCommands.Create(),
        FusionCommands.Create(),
        PeerCommands.Create(),
        SensorCommands.Create(),
        PublishCommand.Create(),
        AgreementCommands.Create(),
        RecordCommands.Create(),
        CatalogCommands.Create(),
        AuditCommands.Create(),
        AuditorCommands.Create(),
        KeyCommands.Create(),
        LogCommands.Create(),
        WitnessCommands.Create(),
        ExchangeCommands.Create(),
        DemoCommand.Create(),
        QuarantineCommands.Create(),
        ConvertCommand.Create(),
        PropagateCommand.Create(),
        ScreenCommand.Create(),
        PcCommand.Create(),
        ManeuversCommand.Create(),
        DecayCommand.Create(),
        PlotCommands.Create(),
        OdCommand.Create(),
        ValidateCommand.Create(),
        FormatCommands.Create(),
    };
}
