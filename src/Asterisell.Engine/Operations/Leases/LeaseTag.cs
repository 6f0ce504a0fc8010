using System.Globalization;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Operations.Leases;

/// <summary>What the labels of a lease say.</summary>
/// <param name="Instance">Instance.</param>
/// <param name="Id">Made up for each lease; two never have the same.</param>
/// <param name="Holder">Who.</param>
/// <param name="Reason">What for.</param>
internal sealed record LeaseTag(string Instance, string Id, LeaseHolder Holder, string Reason)
{
    /// <summary>On every volume that is part of a lease; its value tells which part.</summary>
    public const string Part = "org.asterisell.lease";

    /// <summary>The instance, on every part.</summary>
    public const string InstanceLabel = "org.asterisell.lease.instance";

    /// <summary>The lease that a part belongs to.</summary>
    public const string IdLabel = "org.asterisell.lease.id";

    private const string Owner = "org.asterisell.lease.owner";
    private const string Machine = "org.asterisell.lease.machine";
    private const string MachineId = "org.asterisell.lease.machine-id";
    private const string Process = "org.asterisell.lease.process";
    private const string ProcessStart = "org.asterisell.lease.process-start";
    private const string For = "org.asterisell.lease.reason";

    /// <summary>A new one.</summary>
    public static LeaseTag New(string instance, LeaseHolder holder, string reason) => new(instance, Guid.NewGuid().ToString("N")[..12], holder, reason);

    /// <summary>The lease that a volume stands for.</summary>
    public static LeaseTag Read(VolumeDetail volume)
    {
        string Value(string label) => volume.Labels.GetValueOrDefault(label, "");
        return new(
            Value(InstanceLabel), Value(IdLabel),
            new LeaseHolder(
                Value(Owner), Value(Machine), Value(MachineId),
                int.TryParse(Value(Process), NumberStyles.None, CultureInfo.InvariantCulture, out int process) ? process : 0, Value(ProcessStart)),
            Value(For));
    }

    /// <summary>Labels of one part of it.</summary>
    public Dictionary<string, string> ToLabels(LeasePart part) => new()
    {
        [Part] = part.ToString(),
        [InstanceLabel] = Instance,
        [IdLabel] = Id,
        [Owner] = Holder.Owner,
        [Machine] = Holder.Machine,
        [MachineId] = Holder.MachineId,
        [Process] = Holder.ProcessId.ToString(CultureInfo.InvariantCulture),
        [ProcessStart] = Holder.ProcessStart,
        [For] = Reason,
    };
}

/// <summary>Parts that a lease has on an engine: each is an empty volume, whose labels and age are all that matters.</summary>
internal enum LeasePart
{
    /// <summary>The lease itself; one name an instance.</summary>
    Hold,

    /// <summary>A sign of life; each a new one, the one before it goes.</summary>
    Sign,

    /// <summary>The right to remove one abandoned lease.</summary>
    Claim,
}
